import type { Bridge } from './bridge.ts';

/** What the preload's world tells the host. */
export type PageWord =
  | { say: 'ready' }
  | { say: 'send'; channel: string; words: unknown[] }
  | { say: 'invoke'; id: number; channel: string; words: unknown[] }
  | { say: 'open'; url: string }
  | { say: 'context-menu'; place: Record<string, unknown> };

/** What the host tells the preload's world. */
export type HostWord =
  | { say: 'send'; channel: string; words: unknown[] }
  | { say: 'answer'; id: number; isOk: boolean; value: unknown }
  | { say: 'state'; isVisible: boolean; isFocused: boolean };

export interface PreloadWorld {
  bridge: Bridge;
  encode(value: unknown): string;
  decode(text: string): unknown;
  /** Hands text to the host. */
  post(text: string): void;
  platform: string;
  preload(require: (name: string) => unknown, module: { exports: unknown }, exports: unknown, process: unknown): void;
}

/** The half of the stand-in that lives in the preload's world, as source text: runs the preload and is Electron to it. */
export function runPreloadWorld({
  bridge,
  encode,
  decode,
  post,
  platform,
  preload,
}: PreloadWorld): (text: string) => void {
  const listeners = new Map<string, ((event: object, ...words: unknown[]) => void)[]>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  const exposed: { key: string; api: unknown }[] = [];
  let isPageReady = false;
  let lastId = 0;

  const say = (word: PageWord) => post(encode(word));
  const copied = (words: unknown[]): unknown[] => {
    try {
      return structuredClone(words);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };
  const listenersOf = (channel: string) => listeners.get(channel) ?? [];

  const ipcRenderer = {
    send: (channel: string, ...words: unknown[]) => say({ say: 'send', channel, words: copied(words) }),
    invoke: (channel: string, ...words: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1);
        say({ say: 'invoke', id, channel, words: copied(words) });
        waiting.set(id, { resolve, reject });
      }),
    on(channel: string, listener: (event: object, ...words: unknown[]) => void) {
      listeners.set(channel, [...listenersOf(channel), listener]);
      return ipcRenderer;
    },
    off(channel: string, listener: unknown) {
      listeners.set(
        channel,
        listenersOf(channel).filter((other) => other !== listener),
      );
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown) {
      if (isPageReady) bridge.notice('expose', { key, api });
      else exposed.push({ key, api });
    },
  };
  const onlyImitated = <T extends object>(name: string, made: T): T =>
    new Proxy(made, {
      get(target, key, receiver) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, receiver) as unknown;
        throw new Error(`The stand-in does not imitate ${name}.${key}`);
      },
    });
  const electron = onlyImitated('electron', {
    ipcRenderer: onlyImitated('ipcRenderer', ipcRenderer),
    contextBridge: onlyImitated('contextBridge', contextBridge),
  });

  bridge.onNotice = (name, value) => {
    if (name === 'open') say({ say: 'open', url: String(value) });
    if (name !== 'ready' || isPageReady) return;
    isPageReady = true;
    for (const one of exposed) bridge.notice('expose', one);
  };
  bridge.notice('ready?', null);

  window.addEventListener('contextmenu', (event) => {
    const at = event.target instanceof Element ? event.target : null;
    const field = at?.closest('input, textarea, [contenteditable=true]');
    const selectionText = String(getSelection() ?? '');
    const isEditable = field !== null && field !== undefined;
    const editFlags = { canUndo: isEditable, canRedo: isEditable, canCut: isEditable, canPaste: isEditable };
    const linkURL = at?.closest('a')?.href ?? '';
    const place = { x: event.clientX, y: event.clientY, linkURL, selectionText, isEditable, misspelledWord: '' };
    const more = { ...editFlags, canCopy: isEditable || selectionText !== '', canSelectAll: true };
    say({ say: 'context-menu', place: { ...place, dictionarySuggestions: [], editFlags: more } });
  });

  const module = { exports: {} };
  const requireInSandbox = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = { platform, type: 'renderer', sandboxed: true, contextIsolated: true };
  preload(requireInSandbox, module, module.exports, onlyImitated('process', process));
  say({ say: 'ready' });

  return (text) => {
    const word = decode(text) as HostWord;
    if (word.say === 'state') return bridge.notice('state', { isVisible: word.isVisible, isFocused: word.isFocused });
    if (word.say === 'send') {
      for (const listener of listenersOf(word.channel)) listener({ sender: ipcRenderer }, ...word.words);
      return undefined;
    }
    const asked = waiting.get(word.id);
    waiting.delete(word.id);
    if (word.isOk) asked?.resolve(word.value);
    else asked?.reject(new Error(String(word.value)));
    return undefined;
  };
}
