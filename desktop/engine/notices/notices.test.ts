import { beforeEach, expect, test } from 'vitest';
import { createMemoryDisk } from '../../hosts/memory/memory-disk.ts';
import { People } from '../people/people.ts';
import type { Arrival, NoticesPort } from '../ports/notices.ts';
import { exampleConversation, exampleProfile } from '../ports/testing/example-records.ts';
import { choir, exampleId, ines, me, membership, message, messages, orchestra } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { fakeAsk, type TestAccount, testAccount, testHost } from '../testing/test-account.ts';
import { Notices } from './notices.ts';

let disk: ReturnType<typeof createMemoryDisk>;
let account: TestAccount;
let notices: Notices;
let arrived: { arrivals: Arrival[]; how: 'live' | 'missed' }[];
let read: [conversationId: string, readSeq: number][];

const port: NoticesPort = {
  arrived: (arrivals, how) => void arrived.push({ arrivals, how }),
  read: (_, conversationId, readSeq) => void read.push([conversationId, readSeq]),
  forgotten: () => undefined,
};

beforeEach(async () => {
  disk = createMemoryDisk();
  await start();
  await account.keep('feed', membership(choir));
  await account.keep('profiles', exampleProfile(ines, { name: 'Ines' }));
});

/** As after the start of the app: what was kept is here, what was not is gone. */
async function start(): Promise<void> {
  arrived = [];
  read = [];
  account = await testAccount(testHost({ disk }));
  notices = new Notices(account.context, new People(account.context, fakeAsk({}).ask, () => true), port);
}

async function receive(seq: number, about: Parameters<typeof message>[1] = {}): Promise<void> {
  const received = message(seq, about);
  await account.context.memory.transact((transaction) => {
    transaction.put(
      'conversations',
      choir,
      exampleConversation(choir, {
        seq,
        lastMessage: received,
        info: { kind: 'group', title: 'Choir', history: 'everything', createdAt: 1, rev: 1 },
      }),
    );
    transaction.putMessage(choir, received);
  });
  await settled();
}

const readUpTo = (seq: number) =>
  account.keep('markers', { conversationId: choir, delivered: seq, read: seq, told: seq });
const seqs = () => arrived.map(({ arrivals }) => arrivals.flatMap((arrival) => arrival.messages.map(({ seq }) => seq)));

test('what comes over an open line is told at once, with its conversation, its author and whether it calls me', async () => {
  await notices.caughtUp(false);
  await receive(1, { text: 'six o’clock, @Maud?' });
  expect(arrived).toEqual([
    {
      how: 'live',
      arrivals: [
        expect.objectContaining({
          conversationId: choir,
          kind: 'group',
          title: 'Choir',
          count: 1,
          messages: [
            expect.objectContaining({ seq: 1, authorName: 'Ines', text: 'six o’clock, @Maud?', isMention: true }),
          ],
        }),
      ],
    },
  ]);
});

test('own messages, and what was read before it came, are told to nobody', async () => {
  await notices.caughtUp(false);
  await receive(1, { authorId: me });
  await readUpTo(2);
  await receive(2);
  expect(arrived).toEqual([]);
});

test('what came while the line was down is told together when everything is here', async () => {
  await notices.caughtUp(false);
  notices.disconnected();
  for (const { seq } of messages(1, 5)) await receive(seq);
  expect(arrived).toEqual([]);
  await notices.caughtUp(false);
  await settled();
  expect(arrived.map(({ how }) => how)).toEqual(['missed']);
  expect(seqs()).toEqual([[1, 2, 3, 4, 5]]);
});

test('nothing is told on a device that has it all for the first time, and everything that comes afterwards is', async () => {
  await receive(1);
  await notices.caughtUp(true);
  await settled();
  expect(arrived).toEqual([]);
  await receive(2);
  expect(seqs()).toEqual([[2]]);
});

test('a start after a crash tells what was stored and not told, and only that', async () => {
  await notices.caughtUp(false);
  await receive(1);
  await account.host.clock.advance(2_000);
  notices.disconnected();
  await receive(2);
  await start();
  await notices.caughtUp(false);
  await settled();
  expect(seqs()).toEqual([[2]]);
});

test('what was told and is read, here or elsewhere, is taken back', async () => {
  await notices.caughtUp(false);
  await receive(1);
  await readUpTo(1);
  expect(read.at(-1)).toEqual([choir, 1]);
  await account.keep('feed', membership(choir, { state: 'removed' }));
  expect(read.at(-1)).toEqual([choir, Infinity]);
});

test('a name that is not known is waited for, but not for long', async () => {
  await account.keep('conversations', exampleConversation(choir, { seq: 0 }));
  await account.context.memory.transact((transaction) => transaction.put('profiles', ines, null));
  await notices.caughtUp(false);
  await receive(1);
  expect(arrived).toEqual([]);
  await account.keep('profiles', exampleProfile(ines, { name: 'Ines' }));
  await settled();
  expect(arrived[0]?.arrivals[0]?.messages[0]?.authorName).toBe('Ines');
  await account.context.memory.transact((transaction) => transaction.put('profiles', ines, null));
  await receive(2);
  await account.host.clock.advance(2_000);
  expect(seqs()).toEqual([[1], [2]]);
});

test('messages nobody was told of before a stop are told after the next start', async () => {
  await notices.caughtUp(false);
  await receive(1);
  await notices.stop();
  await receive(2);
  await start();
  await notices.caughtUp(false);
  await settled();
  expect(seqs()).toEqual([[2]]);
});

test('D14 after a restore, what comes under numbers that were told before is told', async () => {
  await notices.caughtUp(false);
  for (const { seq } of messages(1, 3)) await receive(seq);
  await account.host.clock.advance(2_000);
  notices.disconnected();
  await account.context.memory.transact((transaction) => transaction.put('markers', choir, null));
  await receive(2, { id: exampleId(6, 2) });
  await receive(4, { id: exampleId(6, 4) });
  await notices.caughtUp(false);
  await settled();
  expect(seqs().at(-1)).toEqual([1, 2, 3, 4]);
});

test('what cannot be read is told with the next change, and holds back nothing else', async () => {
  await account.keep('feed', membership(orchestra));
  await notices.caughtUp(false);
  notices.disconnected();
  await receive(1);
  await account.context.memory.transact((transaction) => {
    transaction.put('conversations', orchestra, exampleConversation(orchestra, { seq: 1 }));
    transaction.putMessage(orchestra, message(1));
  });
  const { readMessages } = account.store;
  account.store.readMessages = (range) =>
    range.conversationId === choir ? Promise.reject(new Error('disk')) : readMessages.call(account.store, range);
  await notices.caughtUp(false);
  await settled();
  expect(arrived.flatMap(({ arrivals }) => arrivals.map(({ conversationId }) => conversationId))).toEqual([orchestra]);
  account.store.readMessages = readMessages;
  await account.keep('profiles', exampleProfile(ines, { name: 'Ines D.', version: 2 }));
  await settled();
  expect(arrived.at(-1)?.arrivals.map(({ conversationId }) => conversationId)).toEqual([choir]);
});

test('a conversation whose membership comes after its first message is told then', async () => {
  await notices.caughtUp(false);
  await account.context.memory.transact((transaction) => {
    transaction.put('conversations', orchestra, exampleConversation(orchestra, { seq: 1 }));
    transaction.putMessage(orchestra, message(1));
  });
  await settled();
  expect(arrived).toEqual([]);
  await account.keep('feed', membership(orchestra));
  await settled();
  expect(seqs()).toEqual([[1]]);
});

test('what is read while its author’s name is looked for is not told', async () => {
  await account.context.memory.transact((transaction) => transaction.put('profiles', ines, null));
  await notices.caughtUp(false);
  await receive(1);
  await readUpTo(1);
  await account.host.clock.advance(2_000);
  expect(arrived).toEqual([]);
});
