import { describe, expect, it } from 'vitest';
import { applyTheme, createPreferences, readPreferences } from './preferences.ts';

describe('what this device was told about looks', () => {
  it('survives a reload', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    createPreferences(storage).setState({ theme: 'dark', language: 'de' });
    expect(createPreferences(storage).getState()).toEqual({ theme: 'dark', language: 'de' });
  });

  it.each([null, '', 'nonsense', '7', '[]', '{"theme":"pink"}', '{"theme":7,"language":7}'])(
    'follows the system where %j was kept',
    (kept) => {
      expect(readPreferences(kept)).toEqual({ theme: 'system' });
    },
  );

  it('holds where nothing can be stored', () => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const preferences = createPreferences({ getItem: refuse, setItem: refuse });
    preferences.setState({ theme: 'light' });
    expect(preferences.getState().theme).toBe('light');
  });

  it('sets a theme on the document and takes it away again', () => {
    applyTheme(document, 'dark');
    expect(document.documentElement.dataset['theme']).toBe('parley-dark');
    applyTheme(document, 'system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });
});
