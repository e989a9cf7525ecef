import { useState } from 'react';

/** Where the focus goes when what is modal closes: to where it came from, or, where that is gone, to what the window is about. */
export function useReturnFocus(): () => HTMLElement | true {
  const [cameFrom] = useState(() => document.activeElement);
  return () => {
    if (cameFrom?.isConnected === true && cameFrom !== document.body) return true;
    return document.querySelector<HTMLElement>('[data-region-focus]') ?? true;
  };
}
