import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeOf, gather, gatherGroup, heardBy, type Participant } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const noticesOf = async (who: Participant) =>
  (await who.socket.demand('syncAccount', { rev: 0 })).entries.filter(({ kind }) => kind === 'notices');

test('D15 what somebody wants to hear of a conversation reaches their other devices, and nobody else', async () => {
  const [ann, ben] = (await gather(server, ['Ann', 'Ben'])) as [Participant, Participant];
  const conversationId = await gatherGroup([ann, ben]);
  const device = await server.signIn(ann);
  const phone = { ...ann, socket: await server.connect(device) };
  const put = (about: object) =>
    ann.socket.ask('putNotices', { id: mintUuid(), conversationId, mutedUntil: 0, ...about } as never);
  await put({ choice: 'mentions' });
  await put({ mutedUntil: 5_000 });
  await put({ mutedUntil: 5_000 });
  expect(await noticesOf(ann)).toEqual([
    { kind: 'notices', key: conversationId, mutedUntil: 5_000, rev: expect.any(Number) },
  ]);
  const heard = (await heardBy(phone, 'account.changed')).flatMap(
    ({ payload }) => (payload as { entries: { kind: string }[] }).entries,
  );
  expect(heard.filter(({ kind }) => kind === 'notices')).toMatchObject([
    { choice: 'mentions', mutedUntil: 0 },
    { mutedUntil: 5_000 },
  ]);
  expect(await noticesOf(ben)).toEqual([]);
  expect(codeOf(await put({ choice: 'loudly' }))).toBe('invalid_request');
  expect(codeOf(await put({ conversationId: mintUuid() }))).toBe('not_a_member');
});
