import { expect, test } from 'vitest';
import { addressIn } from './server-process.ts';

test.each([
  ['Parley listens on http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['{"level":30,"msg":"listening","url":"https://chat.example/"}', 'https://chat.example'],
  ['First administrator: http://localhost:3000/#/setup/abc', 'http://localhost:3000'],
  ['listening on http://0.0.0.0:3000', 'http://localhost:3000'],
  ['listening on http://[::]:3000', 'http://localhost:3000'],
  ['opening the database', undefined],
])('the address in "%s" is %s', (line, address) => {
  expect(addressIn(line)).toBe(address);
});
