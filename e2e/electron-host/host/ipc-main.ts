import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { PageWord } from '../page/preload-world.ts';
import { imitation, type Imitates } from './imitation.ts';
import type { HostWebContents } from './web-contents.ts';

type Sent = Extract<PageWord, { say: 'send' | 'invoke' }>;
type Handler = (event: Electron.IpcMainInvokeEvent, ...words: unknown[]) => unknown;

class HostIpcMain extends EventEmitter {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  /** As Electron does it: the page learns the name and message of an error, and nothing more. */
  async answer(
    event: Electron.IpcMainInvokeEvent,
    { id, channel, words }: Extract<Sent, { say: 'invoke' }>,
  ): Promise<void> {
    const { sender } = event as unknown as { sender: HostWebContents };
    try {
      const handler = this.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      sender.tell({ say: 'answer', id, isOk: true, value: await handler(event, ...words) });
    } catch (error) {
      sender.tell({
        say: 'answer',
        id,
        isOk: false,
        value: `Error invoking remote method '${channel}': ${String(error)}`,
      });
    }
  }
}

const hostIpcMain = new HostIpcMain();
hostIpcMain satisfies Imitates<HostIpcMain, Electron.IpcMain>;
export const ipcMain = imitation('ipcMain', hostIpcMain);

export function hearFromPage(word: Sent, sender: HostWebContents, senderFrame: unknown): void {
  const event = {
    sender,
    senderFrame,
    frameId: 1,
    processId: 1,
    type: 'frame',
  } as unknown as Electron.IpcMainInvokeEvent;
  if (word.say === 'invoke') void hostIpcMain.answer(event, word);
  else hostIpcMain.emit(word.channel, event, ...word.words);
}
