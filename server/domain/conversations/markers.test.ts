import { v7 as mintUuid } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ConversationReader, MarkerMove, MarkersMoved } from '../../storage/port/conversations.ts';
import type { Caller } from '../caller.ts';
import { ConversationCache } from './conversation-cache.ts';
import { Markers } from './markers.ts';
import { workingState } from './working-state.ts';

const conversationId = mintUuid();
const people = Array.from({ length: 60 }, () => mintUuid());
const [ann = '', ben = '', cem = ''] = people;
const callerOf = (userId: string): Caller => ({ userId, sessionId: userId, deviceId: userId });

interface Write {
  moves: readonly MarkerMove[];
  isShared: boolean;
}

let writes: Write[];
let told: boolean[];
let shared: MarkersMoved[];
let stored: Awaited<ReturnType<ConversationReader['readMarkers']>>;
let scheduled: { run: () => void; delayMs: number }[];
let cache: ConversationCache;
let markers: Markers;
let failing: Error | undefined;

function know(memberIds: readonly string[], seq = 10): void {
  cache.keep(
    workingState({
      conversationId,
      head: { rev: seq, seq, changeId: mintUuid(), mrev: 0 },
      info: { kind: 'group', history: 'everything', createdAt: 0, rev: 1 },
      members: memberIds.map((userId) => ({
        userId,
        role: 'member',
        state: 'in',
        ranges: [{ fromRev: 0, fromSeq: 0 }],
        rev: 1,
      })),
    }),
  );
}

beforeEach(() => {
  [writes, told, shared, scheduled, failing] = [[], [], [], [], undefined];
  stored = { mrev: 0, markers: [] };
  const reader = { readState: () => Promise.resolve(null) } as unknown as ConversationReader;
  cache = new ConversationCache(reader);
  markers = new Markers({
    store: {
      async moveMarkers({ moves, isShared }): Promise<MarkersMoved> {
        if (failing) throw failing;
        writes.push({ moves, isShared });
        const mrev = isShared ? writes.length : 0;
        const moved = moves.map(({ userId, delivered = 0, read = 0 }) => ({ userId, delivered, read }));
        return { afterMrev: mrev - 1, mrev, markers: moved, advances: [] };
      },
      readMarkers: () => Promise.resolve(stored),
    },
    cache,
    clock: {
      now: () => 0,
      schedule: (run, delayMs) => {
        scheduled.push({ run, delayMs });
        return () => {};
      },
    },
    log: { info() {}, warn() {}, error() {} },
    gatherMs: 1_000,
    moved: (_id, moved, isShared) => {
      told.push(isShared);
      if (isShared) shared.push(moved);
    },
  });
  know([ann, ben, cem]);
});

const move = (userId: string, changes: { delivered?: number; read?: number }, id = conversationId) =>
  markers.move(callerOf(userId), { moves: [{ conversationId: id, ...changes }] });
/** Lets what was asked be gathered, then lets the second pass. */
async function pass(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  for (const { run } of scheduled.splice(0)) run();
}

describe('D9 markers', () => {
  test('D9 what comes within a second is one write and one frame, each the furthest a person said', async () => {
    const asked = [
      move(ann, { read: 3 }),
      move(ben, { delivered: 7 }),
      move(ann, { read: 5, delivered: 2 }),
      move(ann, { read: 4 }),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    expect(scheduled.map(({ delayMs }) => delayMs)).toEqual([1_000]);
    await pass();
    await Promise.all(asked);
    expect(writes).toEqual([
      {
        moves: [
          { userId: ann, delivered: 5, read: 5 },
          { userId: ben, delivered: 7, read: 0 },
        ],
        isShared: true,
      },
    ]);
    expect(told).toEqual([true]);
  });

  test('D9 nobody has read, or received, what was never sent', async () => {
    const asked = move(ann, { delivered: 99, read: 12 });
    await pass();
    await asked;
    expect(writes[0]?.moves).toEqual([{ userId: ann, delivered: 10, read: 10 }]);
  });

  test('D9 those of conversations one is not in are passed over', async () => {
    await Promise.all([move(mintUuid(), { read: 1 }), move(ann, { read: 1 }, mintUuid())]);
    expect([writes, scheduled]).toEqual([[], []]);
  });

  test('D13 whoever is out when the second is over has no say any more', async () => {
    const asked = [move(ann, { read: 1 }), move(ben, { read: 2 })];
    await new Promise((resolve) => setImmediate(resolve));
    cache.forget(conversationId);
    know([ben, cem], 11);
    await pass();
    await Promise.all(asked);
    expect(writes.map(({ moves }) => moves.map(({ userId }) => userId))).toEqual([[ben]]);
  });

  test.each([
    [50, true],
    [51, false],
  ])('D9 with %d members, they are pushed: %s', async (count, isShared) => {
    know(people.slice(0, count), 11);
    const asked = move(ann, { read: 1 });
    await pass();
    await asked;
    expect([writes[0]?.isShared, told]).toEqual([isShared, [isShared]]);
  });

  test('D9 D3 markers that are shared again are those of the people who are in, as in catch-up', async () => {
    const markerOf = (userId: string) => ({ userId, delivered: 3, read: 2 });
    stored = { mrev: 7, markers: [ann, mintUuid(), ben].map(markerOf) };
    markers.shareLater(conversationId);
    await pass();
    expect(shared).toEqual([{ afterMrev: 6, mrev: 7, markers: [ann, ben].map(markerOf), advances: [] }]);
  });

  test('D9 markers of more than fifty by then are not told', async () => {
    stored = { mrev: 7, markers: [{ userId: ann, delivered: 3, read: 2 }] };
    markers.shareLater(conversationId);
    know(people.slice(0, 51), 11);
    await pass();
    expect(told).toEqual([]);
  });

  test('D9 who asked hears of a failure, and the next second is a new one', async () => {
    failing = new Error('away');
    const asked = move(ann, { read: 1 }).catch((error: Error) => error.message);
    markers.moveLater(ben, { conversationId, read: 1 });
    await pass();
    expect(await asked).toBe('away');
    failing = undefined;
    const again = move(ann, { read: 1 });
    await pass();
    await again;
    expect(writes).toHaveLength(1);
  });

  test('D9 what is gathered is written when the server stops', async () => {
    const asked = move(ann, { read: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    await markers.close();
    await asked;
    expect(writes).toHaveLength(1);
  });

  test('D9 the counter is known to this process at once', async () => {
    const asked = move(ann, { read: 1 });
    await pass();
    await asked;
    expect(cache.peek(conversationId)?.head.mrev).toBe(1);
  });
});
