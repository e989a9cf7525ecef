import type { CommitOutcome, FeedAdvance } from '../../port/conversations.ts';
import {
  commitAt,
  countMessages,
  messageAt,
  messageFrom,
  messageStarts,
  type CommitRest,
  type FlatCommit,
} from '../commit-codec.ts';
import type { Database } from '../database.ts';
import type { Heads } from '../heads.ts';
import { advanceHead, type Journal } from '../journal.ts';
import { placeOf } from '../places.ts';
import { FeedAdvances, type FeedEntries } from './feed-entries.ts';
import type { Intents } from './intents.ts';
import { insertMessages } from './message-rows.ts';

/** 0 stands for `committed` without advances: what nearly every commit is answered. */
export type FlatOutcome = CommitOutcome | 0;

/** Checks first and writes after, so that no answer but `committed` leaves anything behind and needs a rollback. */
export function createCommitConversation(
  database: Database,
  { heads, journal, intents, feedEntries }: CommitParts,
): (flat: FlatCommit) => FlatOutcome {
  const writeMessages = createMessageWriter(database);
  const writeRest = createRestWriter(database, feedEntries, intents);

  return (flat) => {
    const id = flat[commitAt.conversationId] as string;
    const expectedRev = flat[commitAt.expectedRev] as number;
    const rest = flat[commitAt.rest] as CommitRest | null;
    const stored = heads.conversations.find(id);
    if ((stored?.rev ?? 0) !== expectedRev) return { kind: 'moved-on' };
    assertFollows(flat, expectedRev, stored?.seq ?? 0);
    assertStorable(flat);
    if (stored === undefined && rest?.info === undefined) throw new Error('A new conversation says what it is');
    const newIds = newIdsOf(flat);
    const intentIds = [...newIds, ...(rest?.recorded?.intents.map((intent) => intent.id) ?? [])];
    const repeated = intentIds.filter((newId, index) => intents.isTaken(newId) || intentIds.indexOf(newId) < index);
    if (repeated.length > 0) return { kind: 'repeated', intentIds: repeated };
    if (stored !== undefined && rest === null && newIds.length > 0 && newIds.length === countMessages(flat)) {
      journal.append(flat, stored);
      return 0;
    }

    // A new version may be of a message that is pending.
    journal.apply();
    const head = stored ?? { number: heads.conversations.takeNumber(), rev: 0, seq: 0, changeId: '', mrev: 0 };
    writeMessages(head.number, flat);
    advanceHead(head, flat);
    if (rest?.sharesMarkers) head.mrev += 1;
    if (stored === undefined) heads.conversations.create(id, head);
    else heads.conversations.change(head);
    const advances = rest === null ? [] : writeRest(head.number, rest);
    return advances.length === 0 ? 0 : { kind: 'committed', advances };
  };
}

interface CommitParts {
  heads: Heads;
  journal: Journal;
  intents: Intents;
  feedEntries: FeedEntries;
}

/** A decision that does not follow from its own state is a fault of the caller; stored, it would be a hole for ever. */
function assertFollows(flat: FlatCommit, expectedRev: number, storedSeq: number): void {
  const rev = flat[commitAt.rev] as number;
  let seq = storedSeq;
  let sentRev = expectedRev;
  for (const start of messageStarts(flat)) {
    const messageRev = flat[start + messageAt.rev] as number;
    if (messageRev <= expectedRev || messageRev > rev) throw new Error('A record has a rev outside of its commit');
    if (messageRev !== flat[start + messageAt.sentRev]) continue;
    // Catch-up relies on it: in the order of seq, the revs messages were sent at grow.
    if (flat[start + messageAt.seq] !== (seq += 1) || messageRev <= sentRev)
      throw new Error('New messages continue the numbers of their conversation');
    sentRev = messageRev;
  }
  if (rev <= expectedRev || seq !== flat[commitAt.seq]) throw new Error('A head goes where its records lead');
}

/** What the tables would not take. It has to be refused now: what is in the journal is acknowledged before it comes to them. */
function assertStorable(flat: FlatCommit): void {
  let isStorable = isCount(flat[commitAt.rev]) && isText(flat[commitAt.changeId]);
  for (const start of messageStarts(flat)) {
    const { id, rev, authorId, at, body } = messageFrom(flat, start);
    isStorable &&= isText(id) && isCount(rev) && isText(authorId) && isCount(at) && isText(body);
  }
  if (!isStorable) throw new Error('A record has a value of the wrong kind');
}

const isCount = (value: unknown) => Number.isSafeInteger(value);
/** SQLite makes one character of all halves of one, and two ids of different halves the same. */
const isText = (value: unknown) => typeof value === 'string' && value.isWellFormed();

const isNew = (flat: FlatCommit, start: number) => flat[start + messageAt.rev] === flat[start + messageAt.sentRev];

function newIdsOf(flat: FlatCommit): string[] {
  const ids: string[] = [];
  for (const start of messageStarts(flat)) if (isNew(flat, start)) ids.push(flat[start + messageAt.id] as string);
  return ids;
}

function createMessageWriter(database: Database) {
  const insert = insertMessages(database);
  const replace = database.statement('UPDATE message SET rev = ?, body = ? WHERE place = ? AND id = ? AND rev < ?');

  return (conversation: number, flat: FlatCommit): void => {
    for (const start of messageStarts(flat)) {
      const { id, seq, rev, sentRev, authorId, at, body } = messageFrom(flat, start);
      const place = placeOf(conversation, seq);
      if (isNew(flat, start)) insert({ place, id, rev, sent_rev: sentRev, author_id: authorId, at, body });
      else replace.run(rev, body, place, id, rev);
    }
  };
}

function createRestWriter(database: Database, feedEntries: FeedEntries, intents: Intents) {
  const putInfo = database.statement(
    `INSERT INTO conversation_info (conversation, rev, body) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET rev = excluded.rev, body = excluded.body WHERE excluded.rev > rev`,
  );
  const putMember = database.statement(
    `INSERT INTO member (conversation, user_id, rev, body) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET rev = excluded.rev, body = excluded.body WHERE excluded.rev > rev`,
  );

  return (conversation: number, rest: CommitRest): FeedAdvance[] => {
    if (rest.info !== undefined) {
      const { rev, ...body } = rest.info;
      putInfo.run(conversation, rev, JSON.stringify(body));
    }
    for (const { userId, rev, ...body } of rest.members) putMember.run(conversation, userId, rev, JSON.stringify(body));
    for (const intent of rest.recorded?.intents ?? []) intents.record(intent, rest.recorded?.at ?? 0);
    const advances = new FeedAdvances(feedEntries);
    for (const effect of rest.effects) advances.append(effect.userId, effect.entry, effect.sourceRev);
    return advances.list();
  };
}
