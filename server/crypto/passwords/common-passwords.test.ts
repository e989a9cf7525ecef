import { expect, test } from 'vitest';
import { loadCommonPasswords } from './common-passwords.ts';

const isCommon = loadCommonPasswords();

test.each(['password', 'PASSWORD1', '12345678', 'Qwerty123', 'aaaaaaaaaaaa', 'ｐａｓｓｗｏｒｄ'])(
  'S1 %s is refused',
  (password) => {
    expect(isCommon(password)).toBe(true);
  },
);

test('S1 a password of four words is not', () => {
  expect(isCommon('correct horse battery staple')).toBe(false);
});
