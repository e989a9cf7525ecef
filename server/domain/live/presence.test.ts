import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountStore } from '../../storage/port/accounts.ts';
import { createMemoryChannel, type MemoryChannel } from '../../testing/memory-channel.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';
import { LocalSockets } from './local-sockets.ts';
import { PresenceWatch } from './presence.ts';

let channel: MemoryChannel;
let sockets: LocalSockets;
let presence: PresenceWatch;
let scheduled: (() => void)[];
let seen: Map<string, number>;
let observable: string[];
let answers: (() => Promise<void>)[];

beforeEach(() => {
  channel = createMemoryChannel();
  sockets = new LocalSockets();
  [scheduled, seen, observable, answers] = [[], new Map([['ben', 500]]), ['ben', 'cem'], []];
  presence = new PresenceWatch({
    accounts: {
      touchLastSeen: async (userId: string, at: number) => void seen.set(userId, at),
      readAccounts: async (ids: readonly string[]) => ids.map((userId) => ({ userId, lastSeenAt: seen.get(userId) })),
    } as unknown as AccountStore,
    acquaintance: {
      observable: async (_: string, ids: readonly string[]) => {
        await answers.shift()?.();
        return new Set(ids.filter((id) => observable.includes(id)));
      },
    } as unknown as Acquaintance,
    sockets,
    channel,
    clock: {
      now: () => 1_000,
      schedule: (run) => {
        scheduled.push(run);
        return () => {};
      },
    },
    log: { info() {}, warn() {}, error() {} },
    gatherMs: 5_000,
  });
  come('ann');
});

function come(userId: string, socketId = userId): void {
  const wasOnline = sockets.isOnline(userId);
  sockets.add({ socketId, userId, sessionId: socketId, joined: new Set(), changedMeanwhile: undefined });
  if (!wasOnline) presence.came(userId);
}
function go(socketId: string): void {
  const removed = sockets.remove(socketId);
  presence.forget(socketId);
  if (removed?.wasLast) presence.went(removed.socket.userId);
}
const watch = (userIds: string[], socketId: string | undefined = 'ann') =>
  presence.watch({ userId: 'ann', sessionId: 's', deviceId: 'd', ...(socketId && { socketId }) }, { userIds });
/** Lets the time of gathering pass; answers what was told then. */
async function pass(): Promise<unknown[]> {
  const before = channel.told.length;
  for (const run of scheduled.splice(0)) run();
  await new Promise((resolve) => setImmediate(resolve));
  return channel.told.slice(before).map(({ socketId, payload }) => [socketId, (payload as { people: unknown }).people]);
}

describe('D11 presence', () => {
  test('D11 S12 a snapshot, of those whom the asker may observe', async () => {
    come('cem');
    await pass();
    expect(await watch(['ben', 'cem', 'stranger'])).toEqual({
      people: [
        { userId: 'ben', isOnline: false, lastSeenAt: 500 },
        { userId: 'cem', isOnline: true },
      ],
    });
    come('stranger');
    expect(await pass()).toEqual([]);
  });

  test('D11 comings and goings are gathered into one telling, those undone meanwhile are none', async () => {
    await watch(['ben', 'cem']);
    await pass();
    come('ben');
    come('cem');
    go('cem');
    come('ben', 'phone');
    expect(await pass()).toEqual([['ann', [{ userId: 'ben', isOnline: true }]]]);
  });

  test('D11 a coming that is undone is told to whoever asked in between', async () => {
    come('cem');
    expect(await watch(['cem'])).toEqual({ people: [{ userId: 'cem', isOnline: true }] });
    go('cem');
    expect(await pass()).toEqual([['ann', [{ userId: 'cem', isOnline: false, lastSeenAt: 1_000 }]]]);
    expect(await pass()).toEqual([]);
  });

  test('D11 who goes with their last device was seen then', async () => {
    come('ben');
    come('ben', 'phone');
    await watch(['ben']);
    await pass();
    go('ben');
    expect(await pass()).toEqual([]);
    go('phone');
    expect(await pass()).toEqual([['ann', [{ userId: 'ben', isOnline: false, lastSeenAt: 1_000 }]]]);
  });

  test('D11 another watch takes the place of the one before, and a socket that goes is forgotten', async () => {
    await watch(['ben']);
    await watch(['cem']);
    come('ben');
    come('cem');
    expect(await pass()).toEqual([['ann', [{ userId: 'cem', isOnline: true }]]]);
    await watch(['ben', 'cem']);
    go('ann');
    go('cem');
    expect(await pass()).toEqual([]);
  });

  test('D11 of two watches at once the one asked last holds', async () => {
    const slow = Promise.withResolvers<void>();
    answers = [() => slow.promise];
    const first = watch(['ben']);
    await watch(['cem']);
    slow.resolve();
    await first;
    come('ben');
    come('cem');
    expect(await pass()).toEqual([['ann', [{ userId: 'cem', isOnline: true }]]]);
  });

  test('D11 a socket that went while it asked watches nobody', async () => {
    const slow = Promise.withResolvers<void>();
    answers = [() => slow.promise];
    const asking = watch(['ben']);
    go('ann');
    slow.resolve();
    await asking;
    come('ben');
    expect(await pass()).toEqual([]);
  });

  test('D11 it is watched over a socket', async () => {
    await expect(
      presence.watch({ userId: 'ann', sessionId: 's', deviceId: 'd' }, { userIds: ['ben'] }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
