import type { Bridge } from './bridge.ts';

/** The half of the stand-in that lives in the page's own world, as source text: what the preload exposes, focus, `window.open`. */
export function runPageWorld(bridge: Bridge): void {
  const state = { isVisible: true, isFocused: true };

  function freeze(value: unknown, seen = new Set<unknown>()): unknown {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return value;
    seen.add(value);
    for (const held of Object.values(value)) freeze(held, seen);
    return Object.freeze(value);
  }

  function take(next: typeof state): void {
    const before = { ...state };
    Object.assign(state, next);
    if (before.isVisible !== state.isVisible) document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    if (before.isFocused !== state.isFocused) window.dispatchEvent(new Event(state.isFocused ? 'focus' : 'blur'));
  }

  bridge.onNotice = (name, value) => {
    if (name === 'ready?') bridge.notice('ready', null);
    else if (name === 'state') take(value as typeof state);
    else if (name === 'expose') {
      const { key, api } = value as { key: string; api: unknown };
      if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(window, key, { value: freeze(api), enumerable: true });
    }
  };
  bridge.notice('ready', null);

  // Chromium's own focus says nothing about a window that only the host knows.
  Object.defineProperty(document, 'visibilityState', { get: () => (state.isVisible ? 'visible' : 'hidden') });
  Object.defineProperty(document, 'hidden', { get: () => !state.isVisible });
  document.hasFocus = () => state.isFocused;
  const suppress = (event: Event) => {
    if (event.isTrusted && (event.target === window || event.target === document)) event.stopImmediatePropagation();
  };
  for (const type of ['focus', 'blur']) window.addEventListener(type, suppress, true);
  document.addEventListener('visibilitychange', suppress, true);

  window.open = (url) => {
    bridge.notice('open', String(new URL(String(url ?? 'about:blank'), document.baseURI)));
    return null;
  };
}
