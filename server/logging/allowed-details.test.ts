import { expect, test } from 'vitest';
import { allowedDetails } from './allowed-details.ts';

test('S17 only what is on the list is logged', () => {
  const details = {
    operation: 'messages.send',
    status: 200,
    text: 'hello',
    token: 'x',
    email: 'a@example.org',
    userId: { name: 'Ann' },
  };
  expect(allowedDetails(details)).toEqual({ operation: 'messages.send', status: 200 });
});

test('S17 an error is told by its kind and place, never by its words', () => {
  const error = Object.assign(new TypeError('cannot read "hello Ann"'), { code: 'E_X', detail: 'hello Ann' });
  for (const logged of [allowedDetails(error), allowedDetails({ operation: 'x', error })]) {
    const line = JSON.stringify(logged);
    expect(line).toContain('TypeError');
    expect(line).toContain('allowed-details.test.ts');
    expect(line).not.toContain('hello');
  }
});

test.each([undefined, null, 'text', 7])('S17 %s is nothing to log', (details) => {
  expect(allowedDetails(details)).toEqual({});
});
