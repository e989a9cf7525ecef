import { beforeEach, expect, test } from 'vitest';
import { choir, exampleId, ines, noor } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { fakeAsk, type FakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { People } from './people.ts';

let account: TestAccount;
let server: FakeAsk;
let people: People;
let isConnected: boolean;

beforeEach(async () => {
  account = await testAccount();
  isConnected = true;
  server = fakeAsk({
    getProfiles: ({ people: asked }: { people: { userId: string }[] }) => ({
      profiles: asked
        .filter(({ userId }) => userId !== noor)
        .map(({ userId }) => ({ userId, name: 'Someone', version: 2 })),
    }),
  });
  people = new People(account.context, server.ask, () => isConnected);
});

const sizes = () => server.asked.map(({ input }) => (input as { people: unknown[] }).people.length);

test('D15 somebody is called by my name for them, else by theirs, else by the address', async () => {
  const contact = { kind: 'contact', key: ines, rev: 1, email: 'i@example.org', directConversationId: choir } as const;
  expect(people.view(ines)).toBeUndefined();
  await account.keep('feed', contact);
  expect(people.view(ines)).toMatchObject({ name: 'i@example.org', directConversationId: choir });
  await people.keep([{ userId: ines, name: 'Ines', version: 2 }]);
  await account.keep('feed', { ...contact, rev: 2, alias: 'Conductor' });
  expect(people.view(ines)).toMatchObject({ name: 'Conductor', ownName: 'Ines', contact: { alias: 'Conductor' } });
  expect(people.peerOf(choir)).toBe(ines);
});

test('D15 a stale profile does not replace a newer one', async () => {
  await people.keep([{ userId: ines, name: 'New', version: 3 }]);
  await people.keep([{ userId: ines, name: 'Old', version: 2 }]);
  expect(people.view(ines)?.name).toBe('New');
});

test('those needed in one task are asked for together, a hundred at a time, and whom nobody knows not again', async () => {
  const crowd = Array.from({ length: 149 }, (_, index) => exampleId(8, index));
  people.need(crowd);
  people.need([noor, ...crowd]);
  await settled();
  expect(sizes()).toEqual([100, 50]);
  people.need([noor, ...crowd]);
  await settled();
  expect(sizes()).toEqual([100, 50]);
});

test('those needed without a line are asked for when it is back, and the others for what is new', async () => {
  await people.keep([{ userId: ines, name: 'Ines', version: 1 }]);
  isConnected = false;
  people.need([exampleId(8, 1)]);
  await settled();
  expect(sizes()).toEqual([]);
  isConnected = true;
  await people.refresh();
  expect(sizes()).toEqual([1, 1]);
  expect(people.view(ines)?.name).toBe('Someone');
});
