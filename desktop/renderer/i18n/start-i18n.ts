import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import type { Translation } from './translation.ts';

export interface Language {
  /** BCP 47, without a region. */
  code: string;
  /** What it calls itself. */
  name: string;
  direction: 'ltr' | 'rtl';
  translation: Translation;
}

const english: Language = { code: 'en', name: 'English', direction: 'ltr', translation: en };
export const languages: readonly Language[] = [
  english,
  { code: 'de', name: 'Deutsch', direction: 'ltr', translation: de },
];

/** The first of the wanted languages (BCP 47, best first) that there is; English where there is none. */
export function chooseLanguage(wanted: readonly string[], available: readonly Language[] = languages): Language {
  for (const tag of wanted) {
    const found = available.find(({ code }) => tag === code || tag.startsWith(`${code}-`));
    if (found) return found;
  }
  return english;
}

/** Sets the language of the document, so that fonts, hyphenation, screen readers and direction follow. */
export function applyLanguage(document: Document, { code, direction }: Language): void {
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
}

export function startI18n(language: Language, available: readonly Language[] = languages): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language.code,
    fallbackLng: english.code,
    supportedLngs: available.map(({ code }) => code),
    resources: Object.fromEntries(available.map(({ code, translation }) => [code, translation])),
    defaultNS: 'app',
    initAsync: false,
    // React escapes; a second time would show the entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}
