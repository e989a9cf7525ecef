import type { Shell } from './shell-store.ts';

/** Lets the style sheet keep free what the window's own buttons need, from when it is known. */
export function applyPlatform(document: Document, { store }: Shell): void {
  const apply = () => {
    const platform = store.getState().view?.platform;
    if (platform !== undefined) document.documentElement.dataset['platform'] = platform;
  };
  apply();
  store.subscribe(apply);
}
