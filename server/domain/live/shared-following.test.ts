import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryChannel } from '../../testing/memory-channel.ts';
import { ToldConversation } from '../../testing/told-conversation.ts';
import type { CommittedChanges } from '../conversations/conversation-writer.ts';
import { ConversationFollower, type SharedFollowing } from './conversation-follower.ts';
import { type LocalSocket, LocalSockets } from './local-sockets.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A process that follows a conversation which others change; what it reads takes as long as the test says. */
function processOf(
  conversation: ToldConversation,
  slowly: () => Promise<void>,
  readMarkers: SharedFollowing['readMarkers'] = async () => null,
) {
  const channel = createMemoryChannel();
  const sockets = new LocalSockets();
  const reader = conversation.reader();
  const late = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    await slowly();
    return value;
  };
  const follower = new ConversationFollower({
    reader: {
      ...reader,
      readHeads: (ids: readonly string[]) => late(reader.readHeads(ids)),
      readChanges: (asked: Parameters<typeof reader.readChanges>[0]) => late(reader.readChanges(asked)),
    } as never,
    channel,
    sockets,
    log: { info() {}, warn: (_, error) => expect(error).toBeUndefined(), error() {} },
    shared: {
      reader: { readMemberships: (userId, ids) => late(conversation.readMemberships(userId, ids)) },
      awaitNotice: async () => {},
      readMarkers,
    },
  });
  const open = new Map<string, LocalSocket>();
  return {
    channel,
    sockets,
    follower,
    open,
    connect(userId: string, socketId: string): Promise<void> {
      const socket: LocalSocket = {
        socketId,
        userId,
        sessionId: socketId,
        joined: new Set(),
        changedMeanwhile: new Map(),
      };
      open.set(socketId, socket);
      sockets.add(socket);
      return follower.join(socket, [conversation.id]);
    },
    close(socketId: string): void {
      const socket = open.get(socketId);
      if (socket === undefined) return;
      open.delete(socketId);
      sockets.remove(socketId);
      follower.leaveAll(socket);
    },
    hear({ state, changes }: CommittedChanges): void {
      follower.heard(
        state.conversationId,
        changes.map(({ change }) => change),
      );
    },
  };
}

test('D13 a socket does not enter where it was removed, though nobody told this process', async () => {
  const conversation = new ToldConversation(['ann', 'ben']);
  const there = processOf(conversation, async () => {});
  await there.connect('ann', 'ann');
  conversation.remove('ben');
  await there.connect('ben', 'ben');
  there.hear(conversation.say());
  await settled();
  expect(there.channel.revsOf('ben')).not.toContain(3);
  expect(there.channel.revsOf('ann').at(-1)).toBe(3);
});

test('D13 the notice of a removal that was undone since lets nobody out', async () => {
  const conversation = new ToldConversation(['ann', 'ben']);
  const there = processOf(conversation, async () => {});
  const removal = conversation.remove('ben');
  conversation.add('ben');
  await there.connect('ben', 'ben');
  there.hear(removal);
  there.hear(conversation.say());
  expect(there.channel.revsOf('ben')).toEqual([4]);
});

test('D13 a change that came early lets somebody in, though nobody follows the conversation any more', async () => {
  const conversation = new ToldConversation(['ann', 'ben']);
  const reading = Promise.withResolvers<void>();
  let isSlow = true;
  const there = processOf(conversation, () => (isSlow ? reading.promise : Promise.resolve()));
  conversation.remove('ben');
  // What it reads says that he is out.
  const connecting = there.connect('ben', 'ben');
  await settled();
  conversation.say();
  there.hear(conversation.add('ben'));
  isSlow = false;
  reading.resolve();
  await connecting;
  await settled();
  expect(there.channel.revsOf('ben')).toEqual([4]);
});

test('D13 what another process adds somebody to is heard from the feed on, where the notice is lost', async () => {
  const conversation = new ToldConversation(['ann']);
  const there = processOf(conversation, async () => {});
  await there.connect('ben', 'ben');
  conversation.add('ben');
  await there.follower.letIn('ben', [conversation.id]);
  there.hear(conversation.say());
  expect(there.channel.revsOf('ben')).toEqual([3]);
});

test('D13 a removal that is heard before the addition it undoes lets nobody stay, though nobody followed the conversation', async () => {
  const conversation = new ToldConversation(['ann']);
  const there = processOf(conversation, async () => {});
  await there.connect('ben', 'ben');
  const addition = conversation.add('ben');
  there.hear(conversation.remove('ben'));
  there.hear(addition);
  await settled();
  expect(there.channel.revsOf('ben')).toEqual([2, 3]);
  expect(there.channel.membersOf(conversation.id)).toEqual([]);
});

test('D13 a move of markers that nobody told is told by the refresh that can read it, whoever enters before', async () => {
  const conversation = new ToldConversation(['ann', 'ben']);
  let isAway = true;
  const there = processOf(
    conversation,
    async () => {},
    async () => {
      if (isAway) throw new Error('away');
      return { afterMrev: 0, mrev: 1, markers: [], advances: [] };
    },
  );
  await there.connect('ann', 'ann');
  conversation.moveMarkers();
  await there.connect('ben', 'ben');
  await expect(there.follower.refresh()).rejects.toThrow('away');
  isAway = false;
  await there.follower.refresh();
  await there.follower.refresh();
  const moves = there.channel.told.filter(({ fact }) => fact === 'markersMoved');
  expect(moves.map(({ socketId }) => socketId)).toEqual(['ann', 'ben']);
});

test('D13 D16 whatever other processes tell late, lost or doubled, and whoever connects meanwhile: nobody hears a rev they were out at, and everybody in hears the last', async () => {
  const people = ['ann', 'ben', 'cem'];
  const action = fc.record({
    kind: fc.constantFrom('say', 'say', 'add', 'remove', 'connect', 'connect', 'close'),
    who: fc.constantFrom('ben', 'cem'),
    fate: fc.constantFrom('told', 'told', 'told', 'lost', 'late', 'late', 'twice', 'refresh'),
    patience: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
      const conversation = new ToldConversation(people);
      const reading: (() => void)[] = [];
      let isSlow = true;
      const there = processOf(conversation, () =>
        isSlow ? new Promise<void>((resolve) => void reading.push(resolve)) : Promise.resolve(),
      );
      const allowed = new Map(people.map((userId) => [userId, new Set([1])]));
      const late: CommittedChanges[] = [];
      const under: Promise<unknown>[] = [];
      let socketCount = 0;
      const owners = new Map<string, string>();
      for (const { kind, who, fate, patience } of actions) {
        if (kind === 'connect') {
          const socketId = `${who} ${(socketCount += 1)}`;
          owners.set(socketId, who);
          under.push(there.connect(who, socketId));
        } else if (kind === 'close') there.close([...there.open.keys()][0] ?? '');
        else {
          const wasIn = new Map(people.map((userId) => [userId, conversation.isIn(userId)]));
          const isNoop = kind === 'say' || (kind === 'add') === conversation.isIn(who);
          const change = isNoop
            ? conversation.say()
            : kind === 'add'
              ? conversation.add(who)
              : conversation.remove(who);
          for (const userId of people)
            if (wasIn.get(userId) || conversation.isIn(userId)) allowed.get(userId)?.add(conversation.rev);
          if (fate === 'late') late.push(change);
          if (fate === 'told' || fate === 'twice') there.hear(change);
          if (fate === 'twice') there.hear(change);
          if (fate === 'refresh') under.push(there.follower.refresh());
        }
        if (late.length > 2) for (const one of late.splice(0).toReversed()) there.hear(one);
        for (let turn = 0; turn < patience; turn += 1) {
          reading.shift()?.();
          await settled();
        }
      }
      isSlow = false;
      for (const resolve of reading.splice(0)) resolve();
      await settled();
      for (const one of late) there.hear(one);
      await Promise.all(under);
      // What a lost notice would have told of a new member comes by the account's feed.
      for (const userId of people) if (conversation.isIn(userId)) await there.follower.letIn(userId, [conversation.id]);
      await there.follower.refresh();
      await settled();
      const expected = [...there.open.values()].filter(({ userId }) => conversation.isIn(userId));
      expect(there.channel.membersOf(conversation.id).toSorted()).toEqual(
        expected.map(({ socketId }) => socketId).toSorted(),
      );
      for (const { socketId, payload } of there.channel.told) {
        const { afterRev, rev } = payload as { afterRev: number; rev: number };
        for (let one = afterRev + 1; one <= rev; one += 1)
          expect(allowed.get(owners.get(socketId) ?? ''), `${socketId} heard ${one}`).toContain(one);
      }
      for (const { socketId } of expected) {
        const revs = there.channel.revsOf(socketId);
        expect(revs).toEqual(revs.toSorted((a, b) => a - b));
      }
      // From now on all of them hear everything.
      const next = conversation.say();
      there.hear(next);
      await settled();
      for (const { socketId } of expected) expect(there.channel.revsOf(socketId).at(-1)).toBe(conversation.rev);
    }),
    { numRuns: 500 },
  );
});
