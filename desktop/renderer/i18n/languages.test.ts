import { describe, expect, it } from 'vitest';
import { applyLanguage, chooseLanguage, languages, startI18n } from './start-i18n.ts';
import { createFormat, daysBetween, regionalTag } from './use-format.ts';

function sentences(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : sentences(value as object, `${path}${key}.`),
  );
}
const gap = /\{\{(.*?)\}\}/g;
const placeholders = (sentence: string) =>
  [...sentence.matchAll(gap)]
    .map(([, name = '']) => name)
    .sort()
    .join(' ');

const [english, ...others] = languages.map((language) => new Map(sentences(language.translation)));

describe('languages', () => {
  it.each(others)('say everything, with the same gaps to fill', (other) => {
    expect([...other.keys()].toSorted()).toEqual([...(english?.keys() ?? [])].toSorted());
    for (const [key, sentence] of english ?? []) {
      expect([key, placeholders(other.get(key) ?? '')]).toEqual([key, placeholders(sentence)]);
    }
  });

  it('are chosen by what the system prefers', () => {
    expect(chooseLanguage(['fr-FR', 'de-AT', 'en-US']).code).toBe('de');
    expect(chooseLanguage(['fr-FR']).code).toBe('en');
    expect(chooseLanguage([]).code).toBe('en');
  });

  it('set the direction of the document', () => {
    const rtl = { ...chooseLanguage(['en']), code: 'ar', direction: 'rtl' } as const;
    applyLanguage(document, rtl);
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
    applyLanguage(document, chooseLanguage(['en']));
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['en', 'ltr']);
  });

  it('know one from several', () => {
    const t = startI18n(chooseLanguage(['de'])).getFixedT('de', 'details');
    expect([t('members', { count: 1 }), t('members', { count: 2 })]).toEqual(['1 Mitglied', '2 Mitglieder']);
  });
});

describe('times', () => {
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
  const now = at(2026, 10, 21, 12, 4);
  const format = createFormat('en-GB');

  it('are as short as the row allows', () => {
    expect(format.listTime(at(2026, 10, 21, 0, 1), now)).toBe('00:01');
    expect(format.listTime(at(2026, 10, 20, 23, 59), now)).toBe('Fri');
    expect(format.listTime(at(2026, 10, 12, 9, 0), now)).toBe('12 Nov');
    expect(format.listTime(at(2025, 10, 12, 9, 0), now)).toBe('12/11/25');
  });

  it.each([
    ['en-GB', '08:31'],
    ['de-DE', '08:31'],
    ['en-US', '8:31 PM'],
  ])('are written as %s does', (tag, words) => {
    const evening = at(2026, 10, 21, words.includes('PM') ? 20 : 8, 31);
    expect(createFormat(tag).time(evening).replaceAll(/\s/gu, ' ')).toBe(words);
  });

  it('count days by the calendar', () => {
    expect(daysBetween(at(2026, 10, 20, 23, 59), at(2026, 10, 21, 0, 1))).toBe(1);
    expect(daysBetween(at(2026, 9, 24, 12, 0), at(2026, 9, 26, 12, 0))).toBe(2);
  });

  it('follow the region the system names', () => {
    expect(regionalTag('en', ['de-DE', 'en-GB'])).toBe('en-GB');
    expect(regionalTag('de', ['en-GB'])).toBe('de');
  });
});
