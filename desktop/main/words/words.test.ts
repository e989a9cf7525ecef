import { expect, test } from 'vitest';
import { chooseWords } from './choose-words.ts';
import { de } from './de.ts';
import { en } from './en.ts';

test.each([
  [['de-AT', 'en'], de],
  [['fr-FR', 'DE'], de],
  [['fr', 'en-GB', 'de'], en],
  [['fr'], en],
  [[], en],
])('in the first of %j that there are words in', (languages, words) => {
  expect(chooseWords(languages)).toBe(words);
});

test('one is one, and thousands are written as the language writes them', () => {
  expect([0, 1, 2, 1200].map(en.notices.newMessages)).toEqual([
    '0 new messages',
    '1 new message',
    '2 new messages',
    '1,200 new messages',
  ]);
  expect(de.notices.newMessagesIn(1200, 1)).toBe('1.200 neue Nachrichten in 1 Unterhaltung');
});
