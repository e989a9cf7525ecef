import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything, mintId } from '../conformance/examples.ts';
import type { ConversationCommit } from '../port/conversations.ts';
import type { MessageRecord } from '../port/records.ts';
import { copyDatabase } from './testing/sqlite-harness.ts';
import { committed, newFolder, removeFolder, Talk, TalkedDatabase } from './testing/talked-database.ts';

let folder: string;
let open: TalkedDatabase[];

beforeEach(() => {
  folder = newFolder();
  open = [];
});
afterEach(() => {
  for (const database of open) database.close();
  removeFolder(folder);
});

function openAt(name: string): TalkedDatabase {
  const database = new TalkedDatabase(join(folder, name));
  open.push(database);
  return database;
}

/** What a process that was killed now would have left. */
function openLeft(from: TalkedDatabase, name: string): TalkedDatabase {
  copyDatabase(from.path, join(folder, name));
  return openAt(name);
}

/** A database with a conversation of which everything but the first message is pending. */
function talked(messages = 10): { database: TalkedDatabase; talk: Talk } {
  const database = openAt('talked.db');
  const talk = new Talk();
  database.commit(talk.begin());
  for (let count = 1; count < messages; count += 1) database.commit(talk.say());
  return { database, talk };
}

/** Every answer there is about a conversation, at all borders. */
function everythingOf(database: TalkedDatabase, { conversationId, messageIds }: Talk): unknown {
  const places = [...messageIds.keys(), messageIds.length];
  const pages = places.flatMap((at) =>
    [1, 3, 100].flatMap((limit) => [
      database.ask('conversations.readPage', { conversationId, ranges: everything, before: at + 1, limit }),
      database.ask('conversations.readPage', { conversationId, ranges: everything, after: at, limit }),
      database.ask('conversations.readPage', {
        conversationId,
        ranges: [{ fromRev: 1, fromSeq: 2, untilRev: at, untilSeq: at }],
        limit,
      }),
      database.ask('conversations.readChanges', { conversationId, afterRev: at, limit }),
      database.ask('conversations.readChanges', { conversationId, afterRev: 0, throughRev: at, throughSeq: 5, limit }),
    ]),
  );
  return {
    pages,
    found: messageIds.map((id) => database.ask('conversations.findMessage', id)),
    state: database.ask('conversations.readState', conversationId),
    markers: database.ask('conversations.readMarkers', conversationId),
  };
}

function seqsOf(database: TalkedDatabase, { conversationId }: Talk): number[] {
  const page = database.ask('conversations.readPage', { conversationId, ranges: everything, after: 0, limit: 1000 });
  return page.messages.map(({ seq }) => seq);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('P6 D12 what a batch says, in whatever conversations, is one row of the journal', () => {
  const { database, talk } = talked();
  const other = new Talk();
  database.commit(other.begin());
  // BEGIN, row, COMMIT.
  expect(database.countSteps(() => database.commit(talk.say(), other.say(), talk.say()))).toBe(3);
});

test('P6 what a batch says in few conversations goes into the tables at once, unless something is pending', () => {
  const { database, talk } = talked(1);
  const [other, third] = [new Talk(), new Talk()];
  database.commit(other.begin(), third.begin());
  const say = (who: Talk, times: number) => Array.from({ length: times }, () => who.say());
  database.commit(...say(talk, 6), ...say(other, 2));
  expect([database.countRows('journal'), database.countRows('message')]).toEqual([0, 3 + 8]);
  database.commit(...say(talk, 4), ...say(other, 2), third.say());
  expect([database.countRows('journal'), database.countRows('message')]).toEqual([1, 11]);
  database.commit(...say(talk, 8));
  expect([database.countRows('journal'), database.countRows('message')]).toEqual([2, 11]);
  for (const [who, count] of [
    [talk, 19],
    [other, 5],
    [third, 2],
  ] as const)
    expect(seqsOf(database, who)).toEqual(upTo(count));
});

test('P6 out of the journal a message is one row, and its head is written once for all', () => {
  const { database } = talked(101);
  // BEGIN, messages, the journal emptied, head, COMMIT.
  expect(database.countSteps(() => database.settle())).toBe(100 + 4);
  expect([database.countRows('journal'), database.countRows('message')]).toEqual([0, 101]);
  expect(database.countSteps(() => database.settle())).toBe(0);
});

test('D3 every reader sees what is pending as if it were in the tables', () => {
  const { database, talk } = talked(6);
  database.settle();
  database.commit(talk.edit(2, 'Said otherwise'));
  database.commit(talk.say(), talk.say());
  database.commit(talk.say());
  expect(database.countRows('message')).toBe(6);
  const pending = everythingOf(database, talk);
  database.settle();
  expect(database.countRows('message')).toBe(9);
  expect(pending).toEqual(everythingOf(database, talk));
});

test('D1 an id is taken wherever it is: in the journal, in the same batch, in the same commit, in a table', () => {
  const { database, talk } = talked(3);
  const other = new Talk();
  database.commit(other.begin());
  const [id = ''] = talk.messageIds.slice(-1);
  const repeated = expect.objectContaining({ kind: 'repeated' }) as unknown;
  const again = new Talk();
  database.commit(again.begin());
  expect(database.commit(again.say('Again', id)).answers).toEqual([repeated]);
  database.settle();
  const later = new Talk();
  database.commit(later.begin());
  expect(database.commit(later.say('Again', id)).answers).toEqual([repeated]);

  const fresh = mintId();
  const [one, two] = [other.say('One', fresh), talk.say('Two', fresh)];
  expect(database.commit(one, two).answers).toEqual([committed, repeated]);

  const twin = mintId();
  const [first, second] = [other.say('One', twin), other.say('Two', twin)];
  const both = { ...second, expectedRev: first.expectedRev, messages: [...first.messages, ...second.messages] };
  expect(database.commit(both).answers).toEqual([repeated]);
  expect(database.ask('conversations.findMessage', twin)).toBeNull();
});

test('D3 a commit decided before what is pending has moved on', () => {
  const { database, talk } = talked(5);
  const stale = { ...talk.say(), expectedRev: 3 };
  expect(database.commit(stale).answers).toEqual([{ kind: 'moved-on' }]);
});

const wrongly: [string, (commit: ConversationCommit, message: MessageRecord) => Partial<ConversationCommit>][] = [
  ['a time that is no whole number', (_, message) => ({ messages: [{ ...message, at: 0.5 }] })],
  ['a time beyond what can be counted', (_, message) => ({ messages: [{ ...message, at: 1e300 }] })],
  ['no author', (_, message) => ({ messages: [{ ...message, authorId: null as never }] })],
  ['no id', (_, message) => ({ messages: [{ ...message, id: null as never }] })],
  ['half a character in its id', (_, message) => ({ messages: [{ ...message, id: '\ud800' }] })],
  ['no body', (_, message) => ({ messages: [{ ...message, body: undefined as never }] })],
  [
    'a rev between two',
    ({ head }, message) => ({ messages: [{ ...message, rev: 5.5, sentRev: 5.5 }], head: { ...head, rev: 6 } }),
  ],
  ['a head at no rev', ({ head }) => ({ head: { ...head, rev: NaN } })],
  ['a head of no change', ({ head }) => ({ head: { ...head, changeId: null as never } })],
];
test.each(wrongly)('D12 a commit with %s fails alone, and keeps nothing out of the tables', (_, changed) => {
  const { database, talk } = talked(5);
  const other = new Talk();
  database.commit(other.begin());
  const commit = talk.say();
  talk.messageIds.pop();
  const [message] = commit.messages;
  if (message === undefined) throw new Error('It has one');
  const { failures } = database.commit({ ...commit, ...changed(commit, message) }, other.say());
  expect(failures).toEqual([[0, 'refused', expect.any(String)]]);
  const expected = everythingOf(database, talk);
  expect(database.settle()).toBeUndefined();
  expect([database.countRows('journal'), database.countRows('message')]).toEqual([0, 5 + 2]);
  expect(everythingOf(database, talk)).toEqual(expected);
  expect(seqsOf(database, talk)).toEqual(upTo(5));
});

test('D3 a new version of a message that is pending is of that message', () => {
  const { database, talk } = talked(5);
  database.commit(talk.say(), talk.edit(5, 'Said otherwise'), talk.say());
  const found = database.ask('conversations.findMessage', talk.messageIds[4] ?? '');
  expect(found?.message).toMatchObject({ rev: 7, sentRev: 5, body: { text: 'Said otherwise' } });
  expect(seqsOf(database, talk)).toEqual(upTo(7));
});

test('D12 a process killed before any step of a settlement leaves every message once', () => {
  const { database, talk } = talked(5);
  const expected = everythingOf(database, talk);
  const left: string[] = [];
  database.beforeStep = () => {
    left.push(`left-${left.length}.db`);
    copyDatabase(database.path, join(folder, left.at(-1) ?? ''));
  };
  database.settle();
  database.beforeStep = () => undefined;
  // BEGIN, messages, the journal emptied, head, COMMIT; and after all of them.
  expect(left).toHaveLength(4 + 4);
  copyDatabase(database.path, join(folder, 'after.db'));
  for (const name of [...left, 'after.db']) {
    const reopened = openAt(name);
    expect(everythingOf(reopened, talk)).toEqual(expected);
    expect(reopened.commit(new Talk().begin()).failures).toEqual([]);
    reopened.settle();
    expect(reopened.countRows('message')).toBe(5 + 1);
    expect(everythingOf(reopened, talk)).toEqual(expected);
  }
});

test('D9 markers that move before the messages they are of are in their table survive a kill with them', () => {
  const { database, talk } = talked(5);
  const { conversationId } = talk;
  const moves = [{ userId: 'a', delivered: 5 }];
  database.ask('conversations.moveMarkers', { conversationId, moves, isShared: true });
  database.commit(talk.say());
  const expected = everythingOf(database, talk);
  const left = openLeft(database, 'left.db');
  expect(everythingOf(left, talk)).toEqual(expected);
  left.settle();
  expect(everythingOf(left, talk)).toEqual(expected);
  expect(left.ask('conversations.readHeads', [conversationId])).toMatchObject([[conversationId, { rev: 6, mrev: 1 }]]);
});

test('D12 a settlement that fails at any step leaves everything as it is, and the next one succeeds', () => {
  const { database, talk } = talked(5);
  const expected = everythingOf(database, talk);
  for (let failing = 1; failing <= 8; failing += 1) {
    let steps = 0;
    database.beforeStep = () => {
      steps += 1;
      if (steps === failing) throw new Error('Not now');
    };
    database.settle();
    database.beforeStep = () => undefined;
    expect(database.countRows('message')).toBe(1);
    expect(everythingOf(database, talk)).toEqual(expected);
  }
  database.settle();
  expect(database.countRows('message')).toBe(5);
  expect(everythingOf(database, talk)).toEqual(expected);
});

test('D12 a batch that fails takes nothing that was pending with it', () => {
  const { database, talk } = talked(5);
  const expected = everythingOf(database, talk);
  database.beforeStep = () => {
    throw new Error('Not now');
  };
  const { failures } = database.commit(talk.say(), new Talk().begin());
  database.beforeStep = () => undefined;
  expect(failures.map(([index]) => index)).toEqual([0, 1]);
  talk.messageIds.pop();
  expect(everythingOf(database, talk)).toEqual(expected);
});

test('the journal does not grow for ever: it goes into the tables by itself', () => {
  const { database, talk } = talked(1);
  for (let batch = 0; batch < 40; batch += 1) database.commit(talk.say('x'.repeat(8_000)), talk.say('x'.repeat(8_000)));
  expect(database.countRows('journal')).toBeLessThan(17);
  expect(database.countRows('message')).toBeGreaterThan(32);
  expect(seqsOf(database, talk)).toEqual(upTo(81));
});

test('D12 of a log that was cut off anywhere what came before the cut is there, each message once, settled or not', () => {
  const { database, talk } = talked(6);
  database.settle();
  for (let turn = 0; turn < 6; turn += 1) database.commit(talk.say());
  database.settle();
  database.commit(talk.say());
  const length = statSync(`${database.path}-wal`).size;
  const counts: number[] = [];
  for (let cut = 0; cut <= 40; cut += 1) {
    const path = join(folder, `cut-${cut}.db`);
    copyDatabase(database.path, path);
    truncateSync(`${path}-wal`, Math.floor((length * cut) / 40));
    const left = openAt(`cut-${cut}.db`);
    const seqs = seqsOf(left, talk);
    expect(seqs).toEqual(upTo(seqs.length));
    left.settle();
    expect(seqsOf(left, talk)).toEqual(seqs);
    counts.push(seqs.length);
  }
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  expect(counts.at(-1)).toBe(13);
  expect(new Set(counts).size).toBeGreaterThan(5);
});
