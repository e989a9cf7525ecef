import { createContext, useContext, useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';

export type ShortcutGroup = 'anywhere' | 'conversations' | 'writing';

/**
 * Every shortcut there is: handlers and the sheet read the same list. `$mod` is Cmd on a Mac and Ctrl elsewhere.
 * Those of `writing` are handled by the composer itself and only listed here.
 */
export const shortcuts = {
  switcher: { keys: '$mod+k', group: 'anywhere' },
  // Many keyboards have the slash on Shift.
  sheet: { keys: '$mod+[Shift]+/', group: 'anywhere' },
  settings: { keys: '$mod+,', group: 'anywhere' },
  nextRegion: { keys: 'F6', group: 'anywhere' },
  previousRegion: { keys: 'Shift+F6', group: 'anywhere' },
  close: { keys: 'Escape', group: 'anywhere' },
  previousConversation: { keys: 'Alt+ArrowUp', group: 'conversations' },
  nextConversation: { keys: 'Alt+ArrowDown', group: 'conversations' },
  previousUnread: { keys: 'Alt+Shift+ArrowUp', group: 'conversations' },
  nextUnread: { keys: 'Alt+Shift+ArrowDown', group: 'conversations' },
  send: { keys: 'Enter', group: 'writing' },
  newLine: { keys: 'Shift+Enter', group: 'writing' },
  reply: { keys: 'Shift+ArrowUp', group: 'writing' },
} as const satisfies Record<string, { keys: string; group: ShortcutGroup }>;

export type ShortcutId = keyof typeof shortcuts;

export function isShortcut(name: string): name is ShortcutId {
  return Object.hasOwn(shortcuts, name);
}

/** `false`: not mine, let the one registered before decide. */
export type ShortcutHandler = () => boolean | void;

/** Who answers to a shortcut now: the last one registered. */
export class ShortcutRegistry {
  readonly #handlers = new Map<ShortcutId, ShortcutHandler[]>();

  register(id: ShortcutId, handler: ShortcutHandler): () => void {
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), handler]);
    return () => {
      const others = this.#handlers.get(id)?.filter((other) => other !== handler);
      this.#handlers.set(id, others ?? []);
    };
  }

  /** Does what the shortcut does; false where nobody answers to it now. */
  run(id: ShortcutId): boolean {
    return (this.#handlers.get(id) ?? []).toReversed().some((handler) => handler() !== false);
  }

  #press(id: ShortcutId, event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (this.run(id)) event.preventDefault();
  }

  /** Listens until the returned function is called. */
  listen(target: Window): () => void {
    const bindings = Object.entries(shortcuts)
      .filter(([, { group }]) => group !== 'writing')
      .map(([id, { keys }]) => [keys, (event: KeyboardEvent) => this.#press(id as ShortcutId, event)] as const);
    // They also work while something is being written.
    return tinykeys(target, Object.fromEntries(bindings), { ignore: () => false });
  }
}

const ShortcutContext = createContext<ShortcutRegistry | null>(null);
export const ShortcutProvider = ShortcutContext.Provider;

/** Who answers to shortcuts in this window. */
export function useShortcutRegistry(): ShortcutRegistry | null {
  return useContext(ShortcutContext);
}

/** Answers to a shortcut while the component is there. */
export function useShortcut(id: ShortcutId, handler: ShortcutHandler): void {
  const registry = useShortcutRegistry();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => registry?.register(id, () => latest.current()), [registry, id]);
}

const macKeys: Record<string, string> = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Control: '⌃' };
const otherKeys: Record<string, string> = { $mod: 'Ctrl' };
const drawnKeys: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Enter: '↵' };

/** The keys as they are written on this kind of keyboard. */
export function writtenKeys(id: ShortcutId, isMac: boolean): string[] {
  const needed = shortcuts[id].keys.split('+').filter((key) => !key.startsWith('['));
  return needed.map((key) => {
    const modifier = (isMac ? macKeys : otherKeys)[key];
    return modifier ?? drawnKeys[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  });
}

export function isMacKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
