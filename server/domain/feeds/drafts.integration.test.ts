import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { gather, heardBy, type Participant } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let laptop: Participant;
let phone: Participant;
let conversationId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  [laptop] = (await gather(server, ['Ann'])) as [Participant];
  const device = await server.signIn(laptop);
  phone = { ...device, socket: await server.connect(device) };
  conversationId = mintUuid();
});

const put = (device: Participant, text: string, baseVersion: number) =>
  device.socket.demand('putDraft', { id: mintUuid(), conversationId, text, baseVersion });

describe('D15 drafts', () => {
  test('D15 what is typed here is told there, each text over the one before', async () => {
    expect(await put(laptop, 'Dear', 0)).toEqual({ outcome: 'kept', version: 1 });
    expect(await put(phone, 'Dear Ben', 1)).toEqual({ outcome: 'kept', version: 2 });
    const entries = (await heardBy(phone, 'account.changed')).map(
      ({ payload }) => (payload as { entries: unknown[] }).entries,
    );
    expect(entries).toMatchObject([[{ kind: 'draft', text: 'Dear' }], [{ kind: 'draft', text: 'Dear Ben', rev: 2 }]]);
  });

  test('D15 a text over an older version changes nothing and is answered with what is there: both are kept', async () => {
    await put(laptop, 'Dear', 0);
    await put(laptop, 'Dear Ben', 1);
    const conflict = { outcome: 'conflict', version: 2, text: 'Dear Ben' };
    expect(await put(phone, 'Hello', 0)).toEqual(conflict);
    expect(await put(phone, 'Hello', 1)).toEqual(conflict);
    expect(await put(phone, 'Dear Ben or Hello', 2)).toEqual({ outcome: 'kept', version: 3 });
  });

  test('D15 of two at once one is kept and the other is a conflict with it', async () => {
    const outcomes = await Promise.all([put(laptop, 'One', 0), put(phone, 'Two', 0)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'kept']);
  });

  test('D1 the same text again is kept at its version', async () => {
    await put(laptop, 'Dear', 0);
    expect(await put(laptop, 'Dear', 0)).toEqual({ outcome: 'kept', version: 1 });
    expect(await heardBy(phone, 'account.changed')).toHaveLength(1);
  });

  test('D15 an empty text takes it away and leaves a tombstone', async () => {
    await put(laptop, 'Dear', 0);
    expect(await put(laptop, '', 1)).toEqual({ outcome: 'kept', version: 2 });
    expect(await put(laptop, '', 1)).toEqual({ outcome: 'kept', version: 2 });
    expect((await phone.socket.demand('syncAccount', { rev: 0 })).entries).toEqual([
      { kind: 'tombstone', of: 'draft', key: conversationId, rev: 2 },
    ]);
  });

  test('D15 what was told before a deletion never comes back after it: versions go on', async () => {
    await put(laptop, 'Dear', 0);
    await put(laptop, '', 1);
    for (const late of [0, 1])
      expect(await put(laptop, 'Dear', late)).toEqual({ outcome: 'conflict', version: 2, text: '' });
    expect((await laptop.socket.demand('syncAccount', { rev: 1 })).entries).toMatchObject([{ kind: 'tombstone' }]);
    expect(await put(phone, 'Hello', 2)).toEqual({ outcome: 'kept', version: 3 });
  });
});
