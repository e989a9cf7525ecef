import { expect, test } from 'vitest';
import { messageParts } from './message-parts.ts';

const callsIn = (text: string, name?: string) =>
  messageParts(text, name).flatMap((part) => (part.kind === 'call' ? part.text : []));

test.each([
  ['@Maud, and @maud ekström!', ['@Maud', '@maud ekström']],
  ['dinner @all', ['@all']],
  ['@Maude, see https://chat.example/@maud and maud@maud.example', []],
])('a call is a part of its own in %j', (text, calls) => {
  expect(callsIn(text, 'Maud Ekström')).toEqual(calls);
  expect(
    messageParts(text, 'Maud Ekström')
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

test('nobody is called in what one wrote oneself', () => {
  expect(callsIn('@Maud')).toEqual([]);
});
