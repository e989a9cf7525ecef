import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { channels, type ToMain, type ToMainChannel } from '../../ipc/channels.ts';
import { isAppUrl } from '../app-origin.ts';
import type { Log } from '../log.ts';
import { messageSchemas } from './message-schemas.ts';

export type Handlers = { [C in ToMainChannel]: (message: ToMain[C], page: WebContents) => void };

/** Only the app itself, in the top frame of a page, has anything to say. */
export function isFromAppPage({ sender, senderFrame }: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url);
}

/** The one place that listens to pages: sender and message are checked before a handler sees either. */
export function answerPages(ipc: Pick<IpcMain, 'on'>, handlers: Handlers, log: Log): void {
  function answer<C extends ToMainChannel>(channel: C): void {
    ipc.on(channel, (event, ...words: unknown[]) => {
      if (!isFromAppPage(event)) return log('a message of a stranger was dropped', { channel });
      const message = messageSchemas[channel].safeParse(words[0]);
      if (!message.success || words.length !== 1) return log('a malformed message was dropped', { channel });
      handlers[channel](message.data as ToMain[C], event.sender);
    });
  }
  channels.toMain.forEach(answer);
}
