import { useSyncExternalStore } from 'react';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('focus', onChange);
  window.addEventListener('blur', onChange);
  document.addEventListener('visibilitychange', onChange);
  return () => {
    window.removeEventListener('focus', onChange);
    window.removeEventListener('blur', onChange);
    document.removeEventListener('visibilitychange', onChange);
  };
}

function hasAttention(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Whether somebody is looking: the page is visible and its window has the focus. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, hasAttention);
}
