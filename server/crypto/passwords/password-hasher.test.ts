import { afterAll, describe, expect, test } from 'vitest';
import { createPasswordHasher } from './password-hasher.ts';

const pepper = new Uint8Array(32).fill(7);
const hasher = createPasswordHasher({ pepper, cost: 4, lanes: 1, maxWaiting: 3 });
afterAll(() => hasher.close());

describe('S1 every byte of a password counts', () => {
  const base = 'x'.repeat(71);
  test.each([
    ['71 and 72 bytes', base, `${base}y`],
    ['72 and 73 bytes', `${base}y`, `${base}yz`],
    ['the 72nd byte', `${base}a`, `${base}b`],
    ['the 73rd byte', `${base}ya`, `${base}yb`],
    ['what follows a zero byte', 'pass\0word one', 'pass\0word two'],
    ['beyond 72 bytes of umlauts', 'ä'.repeat(36), 'ä'.repeat(37)],
  ])('%s', async (_what, one, other) => {
    const hash = await hasher.hash(one);
    expect(await hasher.verify(one, hash)).toBe(true);
    expect(await hasher.verify(other, hash)).toBe(false);
  });

  test('the pepper counts too', async () => {
    const elsewhere = createPasswordHasher({ pepper: new Uint8Array(32).fill(8), cost: 4, lanes: 1 });
    const hash = await hasher.hash('correct horse');
    expect(await elsewhere.verify('correct horse', hash)).toBe(false);
    await elsewhere.close();
  });
});

test('S3 nobody has this address: the password is worked on all the same, and is wrong', async () => {
  expect(await hasher.verify('whatever it is', null)).toBe(false);
});

test('S1 the queue is bounded: beyond it people are told to come back', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => hasher.hash('correct horse')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  // One is being worked on and three wait.
  expect(refused).toHaveLength(6);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'unavailable', retryAfterMs: 2_000 });
});

test('S1 the event loop turns while passwords are worked on', async () => {
  const slow = createPasswordHasher({ pepper, cost: 9, lanes: 1 });
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(Array.from({ length: 4 }, () => slow.hash('correct horse')));
  isDone = true;
  expect(turns).toBeGreaterThan(100);
  await slow.close();
});

test('S1 a pool that is closed lets nobody wait for ever', async () => {
  const closing = createPasswordHasher({ pepper, cost: 10, lanes: 1 });
  const waiting = Promise.allSettled([closing.hash('one'), closing.hash('two')]);
  await closing.close();
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
