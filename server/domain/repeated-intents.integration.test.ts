import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { InputOf } from '@parley/shared/contract/define.ts';
import { type OperationKey, type Operations, operations } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';
import { gather, type Participant } from '../testing/participants.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** Whatever a person does: its input has the id of the intent. */
type IntentKey = { [K in OperationKey]: InputOf<Operations[K]> extends { id: string } ? K : never }[OperationKey];
/** A draft says over which version it was written, and needs no record. */
type RecordedKey = Exclude<IntentKey, 'putDraft'>;

let before: TestServer;
let after: TestServer;
let ann: Participant;
let inputs: { [K in RecordedKey]: InputOf<Operations[K]> };
const first = new Map<string, unknown>();
const recordedKeys = (Object.keys(operations) as OperationKey[]).filter(
  (key): key is RecordedKey =>
    key !== 'putDraft' && 'id' in ((operations[key].input as { shape?: object }).shape ?? {}),
);

/** Everything is done once, in a world in which it may be done; then nothing of it may be done any more. */
beforeAll(async () => {
  before = await startTestServer();
  const [one, ben, cem] = (await gather(before, ['Ann', 'Ben', 'Cem'])) as [Participant, Participant, Participant];
  const [dora] = (await gather(before, ['Dora'])) as [Participant];
  ann = one;
  const conversationId = mintUuid();
  const intent = () => ({ id: mintUuid(), conversationId });
  inputs = {
    updateProfile: { id: mintUuid(), name: 'Anna' },
    addContact: { id: mintUuid(), email: dora.email, alias: 'Dorothea' },
    renameContact: { id: mintUuid(), userId: ben.userId, alias: 'Benny' },
    createGroup: { id: conversationId, title: 'Hikers', memberIds: [ben.userId] },
    addMembers: { ...intent(), userIds: [cem.userId] },
    renameGroup: { ...intent(), title: 'Climbers' },
    sendMessage: { ...intent(), text: 'Hello there' },
    putNotices: { ...intent(), choice: 'nothing', mutedUntil: 0 },
    removeMember: { ...intent(), userId: cem.userId },
    removeContact: { id: mintUuid(), userId: ben.userId },
    leaveGroup: intent(),
  };
  for (const [key, input] of Object.entries(inputs)) {
    first.set(key, await ann.socket.demand(key as RecordedKey, input as never));
  }
  await ann.socket.demand('updateProfile', { id: mintUuid(), name: 'Annabel' });
  await ann.socket.demand('removeContact', { id: mintUuid(), userId: dora.userId });
  await before.stop();
  after = await startTestServer({
    dataDir: before.dataDir,
    config: { discovery: 'off', maxGroupMembers: 1 },
  });
  ann = { ...ann, socket: await after.connect(ann) };
});
afterAll(async () => {
  await after.close();
  await before.restart();
  await before.close();
});

test('D1 everything with the id of an intent is looked at here', () => {
  expect(Object.keys(inputs).toSorted()).toEqual(recordedKeys.toSorted());
});

test.each(recordedKeys)('D1 %s said again gets its first answer, whatever has happened since', async (key) => {
  expect(await ann.socket.ask(key, inputs[key] as never)).toEqual({ ok: true, data: first.get(key) });
});

const stillAllowed: readonly string[] = ['updateProfile', 'removeContact', 'putNotices'];
test.each(recordedKeys.filter((key) => !stillAllowed.includes(key)))(
  'D1 %s under another id is refused by now',
  async (key) => {
    const reply: Reply<unknown> = await ann.socket.ask(key, { ...inputs[key], id: mintUuid() } as never);
    expect(reply.ok).toBe(false);
  },
);

const bringMessage = ['addMembers', 'renameGroup', 'sendMessage', 'removeMember', 'leaveGroup'] as const;
const pairs = bringMessage.flatMap((key) => [...bringMessage, 'createGroup' as const].map((done) => ({ key, done })));
test.each(pairs.filter(({ key, done }) => key !== done))(
  'D1 $key with the id of a $done is another act, and refused',
  async ({ key, done }) => {
    const reply = await ann.socket.ask(key, { ...inputs[key], id: inputs[done].id } as never);
    expect(reply).toMatchObject({ ok: false, error: { code: 'intent_of_another' } });
  },
);

test('D1 what was undone since stays undone', async () => {
  for (const key of recordedKeys) await ann.socket.ask(key, inputs[key] as never);
  expect((await ann.socket.demand('getAccount', {})).profile.name).not.toBe('Anna');
  const { entries } = await ann.socket.demand('syncAccount', { rev: 0 });
  expect(entries.filter(({ kind }) => kind === 'contact')).toHaveLength(1);
});
