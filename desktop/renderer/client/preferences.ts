import { createStore, type StoreApi } from 'zustand/vanilla';

/** What this device was told about looks; nothing here belongs to an account. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  /** A language's code; missing: what the system prefers. */
  language?: string;
  /** Asked whether notifications should be switched on again, somebody has said no. */
  declinesNotices?: boolean;
}
export type PreferencesStore = StoreApi<Preferences>;

const storageKey = 'parley.preferences';
const themes = ['system', 'light', 'dark'] as const;

/** What was kept; anything unreadable counts as never set. */
export function readPreferences(kept: string | null): Preferences {
  try {
    const value: unknown = JSON.parse(kept ?? '{}');
    if (typeof value !== 'object' || value === null) return { theme: 'system' };
    const theme = themes.find((known) => 'theme' in value && value.theme === known) ?? 'system';
    const language = 'language' in value && typeof value.language === 'string' ? value.language : undefined;
    const declinesNotices = 'declinesNotices' in value && value.declinesNotices === true;
    return { theme, ...(language !== undefined && { language }), ...(declinesNotices && { declinesNotices }) };
  } catch {
    return { theme: 'system' };
  }
}

/** Kept in `storage`; where it refuses (a full disk, a private window) they hold until the page closes. */
export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'>): PreferencesStore {
  const store = createStore<Preferences>(() => readPreferences(quietly(() => storage.getItem(storageKey)) ?? null));
  store.subscribe((preferences) => quietly(() => storage.setItem(storageKey, JSON.stringify(preferences))));
  return store;
}

function quietly<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

/** Without an attribute the style sheet follows the system. */
export function applyTheme(document: Document, theme: Preferences['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = `parley-${theme}`;
}
