import { describe, expect, test } from 'vitest';
import { badTokens } from '../testing/bad-tokens.ts';
import { createAccessTokens } from './access-tokens.ts';

const [oldKey, newKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const issuer = '018f0000-0000-7000-8000-00000000000a';
const claims = {
  userId: '018f0000-0000-7000-8000-000000000001',
  sessionId: '018f0000-0000-7000-8000-000000000002',
  deviceId: '018f0000-0000-7000-8000-000000000003',
};
const at = 1_800_000_000_000;
const tokens = createAccessTokens([newKey], issuer);

test('S4 a good token says who holds it, for a quarter of an hour', () => {
  const token = tokens.sign(claims, at);
  expect(tokens.read(token, at)).toEqual({ kind: 'good', claims });
  expect(tokens.read(token, at + tokens.lifetimeMs - 1_000)).toEqual({ kind: 'good', claims });
  expect(tokens.read(token, at + tokens.lifetimeMs)).toEqual({ kind: 'expired' });
});

test('S4 keys overlap: the old one still reads, the new one signs', () => {
  const rotated = createAccessTokens([newKey, oldKey], issuer);
  const before = createAccessTokens([oldKey], issuer).sign(claims, at);
  expect(rotated.read(before, at)).toEqual({ kind: 'good', claims });
  expect(tokens.read(before, at)).toEqual({ kind: 'bad' });
  expect(tokens.read(rotated.sign(claims, at), at).kind).toBe('good');
});

describe('S4 bad tokens', () => {
  // The last one is well made: only the session tells that it is not this person's.
  const bad = badTokens({ key: newKey, issuer, nowMs: at, ...claims }).slice(0, -1);
  test.each(bad)('%s', (_what, token) => {
    expect(tokens.read(token, at)).toEqual({ kind: 'bad' });
  });
});
