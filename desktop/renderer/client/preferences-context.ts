import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Preferences, PreferencesStore } from './preferences.ts';

const PreferencesContext = createContext<PreferencesStore | null>(null);
export const PreferencesProvider = PreferencesContext.Provider;

/** What this device was told about looks, and how to tell it something else. */
export function usePreferences(): [Preferences, PreferencesStore['setState']] {
  const store = useContext(PreferencesContext);
  if (!store) throw new Error('There is no PreferencesProvider above this component');
  return [useStore(store), store.setState];
}
