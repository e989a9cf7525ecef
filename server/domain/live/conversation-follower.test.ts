import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import { createMemoryChannel } from '../../testing/memory-channel.ts';
import { ToldConversation } from '../../testing/told-conversation.ts';
import { ConversationFollower } from './conversation-follower.ts';
import { type LocalSocket, LocalSockets } from './local-sockets.ts';

const log = { info() {}, warn() {}, error() {} };
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function followerOf(conversation: ToldConversation, changes: Partial<ConversationReader> = {}) {
  const channel = createMemoryChannel();
  const sockets = new LocalSockets();
  const reader = { ...conversation.reader(), ...changes } as ConversationReader;
  const follower = new ConversationFollower({ reader, channel, sockets, log });
  function socketOf(userId: string, socketId = userId): LocalSocket {
    const socket: LocalSocket = {
      socketId,
      userId,
      sessionId: socketId,
      joined: new Set(),
      changedMeanwhile: undefined,
    };
    sockets.add(socket);
    return socket;
  }
  const connect = async (userId: string, socketId = userId) => {
    const socket = socketOf(userId, socketId);
    await follower.join(socket, [conversation.id]);
    return socket;
  };
  return { channel, sockets, follower, socketOf, connect };
}

describe('D13 in and out at exactly the rev that says so', () => {
  test('D13 D16 who is added hears the change that adds them; who is removed hears the one that says so, and nothing after', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, socketOf, connect } = followerOf(conversation);
    await connect('ann');
    socketOf('ben');
    for (const change of [conversation.say(), conversation.add('ben'), conversation.say()]) follower.committed(change);
    for (const change of [conversation.remove('ben'), conversation.say()]) follower.committed(change);
    expect(channel.revsOf('ann')).toEqual([2, 3, 4, 5, 6]);
    expect(channel.revsOf('ben')).toEqual([3, 4, 5]);
  });

  test('D13 all devices of a person go and come together', async () => {
    const conversation = new ToldConversation(['ann', 'ben']);
    const { channel, follower, connect } = followerOf(conversation);
    for (const [userId, socketId] of [
      ['ann', 'a'],
      ['ben', 'b1'],
      ['ben', 'b2'],
    ] as const)
      await connect(userId, socketId);
    for (const change of [conversation.remove('ben'), conversation.say(), conversation.add('ben')])
      follower.committed(change);
    expect(channel.revsOf('b1')).toEqual([2, 4]);
    expect(channel.revsOf('b2')).toEqual([2, 4]);
  });

  test('D13 a conversation nobody here followed is followed from the change on that adds somebody who is here', () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, socketOf } = followerOf(conversation);
    socketOf('ben');
    for (const change of [conversation.say(), conversation.add('ben'), conversation.say()]) follower.committed(change);
    expect(channel.revsOf('ben')).toEqual([3, 4]);
  });

  test('D13 the socket that caused a change is not told', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, connect } = followerOf(conversation);
    await connect('ann', 'laptop');
    await connect('ann', 'phone');
    const { state, changes } = conversation.say();
    follower.committed({
      state,
      changes: changes.map((change) => ({ ...change, fromSocketId: 'laptop' })),
      advances: [],
    });
    expect([channel.revsOf('laptop'), channel.revsOf('phone')]).toEqual([[], [2]]);
  });

  test('D13 a conversation is let go with the last socket', async () => {
    const conversation = new ToldConversation(['ann', 'ben']);
    const { follower, connect } = followerOf(conversation);
    const [ann, ben] = [await connect('ann'), await connect('ben')];
    follower.leaveAll(ann);
    expect(follower.followedIds).toEqual([conversation.id]);
    follower.committed(conversation.remove('ben'));
    expect([follower.followedIds, [...ben.joined]]).toEqual([[], []]);
  });
});

describe('D13 sockets that connect while memberships change', () => {
  test.each(['before', 'after'])(
    'D13 a removal told %s the head was read lets out all the same',
    async (when: string) => {
      const conversation = new ToldConversation(['ann']);
      const heads = Promise.withResolvers<void>();
      const { channel, follower, connect } = followerOf(conversation, {
        async readHeads(ids) {
          await heads.promise;
          return conversation.reader().readHeads(ids);
        },
      });
      const connecting = connect('ann');
      // The head that will be read knows of the removal already.
      const removal = conversation.remove('ann');
      if (when === 'before') follower.committed(removal);
      heads.resolve();
      await connecting;
      if (when === 'after') follower.committed(removal);
      follower.committed(conversation.say());
      expect(channel.membersOf(conversation.id)).toEqual([]);
      expect(channel.revsOf('ann')).not.toContain(3);
    },
  );

  test('D5 what is told between joining and reading the head is not lost', async () => {
    const conversation = new ToldConversation(['ann']);
    const heads = Promise.withResolvers<void>();
    const { channel, follower, connect } = followerOf(conversation, {
      async readHeads(ids) {
        await heads.promise;
        return conversation.reader().readHeads(ids);
      },
    });
    const connecting = connect('ann');
    follower.committed(conversation.say());
    heads.resolve();
    await connecting;
    follower.committed(conversation.say());
    expect(channel.revsOf('ann')).toEqual([2, 3]);
  });

  test('D13 where the head could not be read, the next refresh reads it', async () => {
    const conversation = new ToldConversation(['ann']);
    let isAway = true;
    const { channel, follower, connect, socketOf } = followerOf(conversation, {
      readHeads: (ids) => (isAway ? Promise.reject(new Error('away')) : conversation.reader().readHeads(ids)),
    });
    socketOf('ben');
    await expect(connect('ann')).rejects.toThrow('away');
    follower.committed(conversation.add('ben'));
    isAway = false;
    await follower.refresh();
    expect(channel.revsOf('ben')).toEqual([2]);
  });

  test('D13 while a socket connects it is noted who came and went meanwhile', () => {
    const conversation = new ToldConversation(['ann']);
    const { follower, socketOf } = followerOf(conversation);
    const socket = socketOf('ann');
    socket.changedMeanwhile = new Map();
    follower.committed(conversation.remove('ann'));
    expect(socket.changedMeanwhile.get(conversation.id)).toBe(false);
    follower.committed(conversation.add('ann'));
    expect(socket.changedMeanwhile.get(conversation.id)).toBe(true);
  });
});

describe('D13 what this process was not told', () => {
  test('D13 a gap is read from the store, and told before what came early', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, connect } = followerOf(conversation);
    await connect('ann');
    conversation.say();
    conversation.say();
    follower.committed(conversation.say());
    expect(channel.revsOf('ann')).toEqual([]);
    await settled();
    expect(channel.revsOf('ann')).toEqual([4]);
    expect(channel.told.map(({ payload }) => payload)).toMatchObject([{ afterRev: 1, rev: 4 }]);
  });

  test('D13 D16 a removal inside of a gap lets out there: the socket hears nothing of what came after', async () => {
    const conversation = new ToldConversation(['ann', 'ben']);
    const { channel, follower, connect } = followerOf(conversation);
    await connect('ann');
    await connect('ben');
    conversation.say();
    conversation.remove('ben');
    conversation.say();
    await follower.refresh();
    expect(channel.revsOf('ben')).toEqual([3]);
    expect(channel.revsOf('ann')).toEqual([3, 4]);
  });

  test('D13 D16 somebody added inside of a gap hears nothing of what came before', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, connect, socketOf } = followerOf(conversation);
    await connect('ann');
    socketOf('ben');
    conversation.say();
    conversation.add('ben');
    follower.committed(conversation.say());
    await settled();
    expect(channel.told.filter(({ socketId }) => socketId === 'ben').map(({ payload }) => payload)).toMatchObject([
      { afterRev: 2, rev: 4 },
    ]);
  });

  test('D13 D16 an early step lets nobody in before those ahead of it are told', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, connect, socketOf } = followerOf(conversation);
    await connect('ann');
    socketOf('ben');
    conversation.say();
    follower.committed(conversation.add('ben'));
    expect(channel.membersOf(conversation.id)).toEqual(['ann']);
    await settled();
    expect(channel.revsOf('ben')).toEqual([3]);
    expect(channel.told.filter(({ socketId }) => socketId === 'ben')).toMatchObject([{ payload: { afterRev: 2 } }]);
  });

  test('D13 a removal that was undone before the gap was read still cuts', async () => {
    const conversation = new ToldConversation(['ann', 'ben']);
    const { channel, follower, connect } = followerOf(conversation);
    await connect('ben');
    await connect('ann');
    conversation.remove('ben');
    conversation.say();
    conversation.add('ben');
    conversation.say();
    await follower.refresh();
    expect(channel.revsOf('ben')).toEqual([2, 5]);
    expect(channel.told.filter(({ socketId }) => socketId === 'ben').at(-1)?.payload).toMatchObject({ afterRev: 3 });
  });

  test('D13 refreshing what is up to date tells nothing, and reads heads alone', async () => {
    const conversation = new ToldConversation(['ann']);
    const { channel, follower, connect } = followerOf(conversation, {
      readChanges: () => Promise.reject(new Error('Not to be read')),
    });
    await connect('ann');
    await follower.refresh();
    expect(channel.told).toEqual([]);
  });
});

test('D13 D16 whatever is told late, lost or doubled: nobody hears a rev they were out at, and everybody in hears the last', async () => {
  const people = ['ann', 'ben', 'cem'];
  const action = fc.record({
    kind: fc.constantFrom('say', 'say', 'add', 'remove'),
    who: fc.constantFrom('ben', 'cem'),
    fate: fc.constantFrom('told', 'told', 'lost', 'late', 'twice', 'refresh'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 30 }), async (actions) => {
      const conversation = new ToldConversation(people);
      const { channel, follower, connect } = followerOf(conversation);
      for (const userId of people) await connect(userId);
      /** Per person, the revs they may hear. */
      const allowed = new Map(people.map((userId) => [userId, new Set([1])]));
      const late: ReturnType<ToldConversation['say']>[] = [];
      for (const { kind, who, fate } of actions) {
        const wasIn = new Map(people.map((userId) => [userId, conversation.isIn(userId)]));
        const isNoop = kind === 'say' || (kind === 'add') === conversation.isIn(who);
        const change = isNoop ? conversation.say() : kind === 'add' ? conversation.add(who) : conversation.remove(who);
        for (const userId of people) {
          if (wasIn.get(userId) || conversation.isIn(userId)) allowed.get(userId)?.add(conversation.rev);
        }
        if (fate === 'told' || fate === 'twice') follower.committed(change);
        if (fate === 'twice') follower.committed(change);
        if (fate === 'late') late.push(change);
        if (fate === 'refresh') await follower.refresh();
        else if (late.length > 2) for (const one of late.splice(0)) follower.committed(one);
        if (conversation.rev % 3 === 0) await settled();
      }
      for (const one of late) follower.committed(one);
      await follower.refresh();
      await settled();
      const here = channel.membersOf(conversation.id);
      expect(here.toSorted()).toEqual(people.filter((userId) => conversation.isIn(userId)));
      for (const { socketId, payload } of channel.told) {
        const { afterRev, rev } = payload as { afterRev: number; rev: number };
        for (let one = afterRev + 1; one <= rev; one += 1) expect(allowed.get(socketId)).toContain(one);
      }
      // All of them were told up to the last rev; the one there was before anybody joined needs no telling.
      for (const userId of here) expect(channel.revsOf(userId).at(-1) ?? 1).toBe(conversation.rev);
    }),
    { numRuns: 400 },
  );
});
