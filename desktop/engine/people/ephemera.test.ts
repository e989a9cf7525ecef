import { beforeEach, expect, test } from 'vitest';
import { choir, ines, me, noor } from '../testing/example-entities.ts';
import { fakeAsk, type FakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { Ephemera } from './ephemera.ts';

let account: TestAccount;
let server: FakeAsk;
let isConnected: boolean;
let ephemera: Ephemera;

beforeEach(async () => {
  account = await testAccount();
  isConnected = true;
  server = fakeAsk({
    watchPresence: () => ({ people: [{ userId: ines, isOnline: true }] }),
    setTyping: () => ({}),
  });
  ephemera = new Ephemera(account.context, server.ask, () => isConnected);
});

function shown(collection: string): unknown[] {
  const { changes } = account.context.feed.snapshot();
  return changes.filter((change) => change.collection === collection).map(({ value }) => value);
}
const types = (userId: string, isTyping = true) => ephemera.heardTyping({ conversationId: choir, userId, isTyping });

test('D11 who types is shown for six seconds after they last said so, myself never', async () => {
  types(ines);
  types(me);
  await account.host.clock.advance(4_000);
  types(noor);
  types(ines);
  await account.host.clock.advance(5_999);
  expect(shown('typing')).toEqual([[noor, ines]]);
  types(noor, false);
  expect(shown('typing')).toEqual([[ines]]);
  await account.host.clock.advance(1);
  expect([shown('typing'), account.host.clock.waiting]).toEqual([[], 0]);
});

test('D11 I say it at once, then every three seconds, and once that I have stopped', async () => {
  for (const ms of [0, 1_000, 1_999, 1]) {
    await account.host.clock.advance(ms);
    await ephemera.sayTyping(choir, true);
  }
  await ephemera.sayTyping(choir, false);
  await ephemera.sayTyping(choir, false);
  expect(server.asked.map(({ input }) => (input as { isTyping: boolean }).isTyping)).toEqual([true, true, false]);
});

test('D11 while the line is down nothing is known of anybody, and it is asked again when it is back', async () => {
  await ephemera.watch([ines]);
  types(noor);
  expect([shown('presence').length, shown('typing').length]).toEqual([1, 1]);
  isConnected = false;
  ephemera.disconnected();
  expect([shown('presence'), shown('typing'), account.host.clock.waiting]).toEqual([[], [], 0]);
  await ephemera.watch([noor]);
  expect(server.asked).toHaveLength(1);
  isConnected = true;
  ephemera.connected();
  expect(server.asked.at(-1)?.input).toEqual({ userIds: [noor] });
});
