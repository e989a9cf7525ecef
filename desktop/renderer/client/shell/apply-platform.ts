import type { Shell } from './shell-store.ts';

/** Lets the style sheet keep free what the window's own buttons need, from when it is known. */
export function applyPlatform(document: Document, { store }: Shell): void {
  const apply = () => {
    const { view } = store.getState();
    if (view === undefined) return;
    const { dataset, style } = document.documentElement;
    dataset['platform'] = view.platform;
    style.setProperty('--window-zoom', String(view.zoomFactor));
  };
  apply();
  store.subscribe(apply);
}
