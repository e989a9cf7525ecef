import { expect, test } from 'vitest';
import { mentionsPerson } from './mentions.ts';

test.each([
  ['@Maud are you there?', 'Maud Bell'],
  ['are you there, @maud bell?', 'Maud Bell'],
  ['(@MAUD)', 'Maud'],
  ['dinner at six @all', 'Maud'],
  ['@Zoë kommst du?', 'Zoe\u0308'],
  ['@מאוד שלום', 'מאוד'],
  ['Zoë, or @Zoe\u0308!', 'Zoë'],
  ['@M. (Mo) kommt', 'M. (Mo)'],
])('%j calls %s', (text, name) => {
  expect(mentionsPerson(text, name)).toBe(true);
});

test.each([
  ['Maud said so', 'Maud'],
  ['@Maude was here', 'Maud'],
  ['write to maud@example.org or x@maud', 'Maud'],
  ['@ Maud', 'Maud'],
  ['@allotment', 'Maud'],
  ['@', ''],
  ['@Zoe\u0308', 'Zoe'],
  ['@Mxx', 'M..'],
])('%j does not call %j', (text, name) => {
  expect(mentionsPerson(text, name)).toBe(false);
});
