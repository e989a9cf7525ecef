import type { RecordChanges } from '../../port/conversations.ts';
import type { MessageRecord } from '../../port/records.ts';
import type { Database, Statement } from '../database.ts';
import type { ConversationHead, Heads } from '../heads.ts';
import { seqOf } from '../places.ts';
import { infoFrom, memberFrom, messageFrom } from '../rows.ts';
import type { MessageRows } from './message-rows.ts';

export interface ChangesRequest {
  conversationId: string;
  afterRev: number;
  throughRev?: number;
  throughSeq?: number;
  limit: number;
}

export const changesSql = {
  changed: `SELECT * FROM message WHERE place >> 26 = ? AND rev > ? AND rev <= ? AND rev <> sent_rev
            ORDER BY rev LIMIT ?`,
  info: 'SELECT * FROM conversation_info WHERE conversation = ? AND rev > ? AND rev <= ?',
  members: 'SELECT * FROM member WHERE conversation = ? AND rev > ? AND rev <= ? ORDER BY rev',
};

const noHead = { rev: 0, seq: 0, changeId: '', mrev: 0 };

/** Messages in the order of rev, and the rev up to which none of their kind is missing. */
interface Stretch {
  messages: MessageRecord[];
  throughRev: number;
}

/**
 * New messages come in the order of seq, which is the order of their revs; those changed later from their own small index. Each is
 * read for one row more than the limit, whether the row counts or not: so a page costs the same however much was changed or hidden.
 */
export function createReadChanges(database: Database, heads: Heads, messages: MessageRows) {
  const changed = database.statement(changesSql.changed);
  const info = database.statement(changesSql.info);
  const members = database.statement(changesSql.members);

  return (request: ChangesRequest): RecordChanges => {
    const head = heads.conversations.find(request.conversationId);
    if (head === undefined)
      return { head: { ...noHead }, members: [], messages: [], throughRev: request.afterRev, more: false };
    const bounds = boundsOf(request, head);
    const { throughRev, more, ...merged } = merge(
      readSent(messages, head, bounds),
      readChanged(changed, head, bounds),
      bounds,
    );
    const records = request.throughSeq === undefined;
    const infoRow = records ? info.get(head.number, bounds.afterRev, throughRev) : undefined;
    return {
      head: { rev: head.rev, seq: head.seq, changeId: head.changeId, mrev: head.mrev },
      ...(infoRow !== undefined && { info: infoFrom(infoRow) }),
      members: records ? members.all(head.number, bounds.afterRev, throughRev).map(memberFrom) : [],
      messages: merged.messages,
      throughRev,
      more,
    };
  };
}

interface Bounds {
  afterRev: number;
  throughRev: number;
  throughSeq: number;
  limit: number;
}

function boundsOf(request: ChangesRequest, head: ConversationHead): Bounds {
  const throughRev = Math.max(request.afterRev, Math.min(request.throughRev ?? head.rev, head.rev));
  const throughSeq = Math.min(request.throughSeq ?? head.seq, head.seq);
  return { afterRev: request.afterRev, throughRev, throughSeq, limit: request.limit };
}

function readSent(stored: MessageRows, head: ConversationHead, bounds: Bounds): Stretch {
  const from = firstSeqAbove(stored, head, bounds.afterRev);
  if (from > bounds.throughSeq) return { messages: [], throughRev: bounds.throughRev };
  const rows = stored.newer(head.number, from, bounds.throughSeq, bounds.limit + 1);
  const last = rows.length > bounds.limit ? Number(rows.at(-1)?.['sent_rev']) : bounds.throughRev;
  const messages = rows.filter((row) => row['rev'] === row['sent_rev']).map(messageFrom);
  return { messages, throughRev: Math.min(last, bounds.throughRev) };
}

/** The lowest seq sent after a rev. Every message took a rev of its own, which leaves only as many to probe as there were other changes. */
function firstSeqAbove(stored: MessageRows, head: ConversationHead, afterRev: number): number {
  let low = Math.max(0, head.seq - Math.max(0, head.rev - afterRev));
  let high = Math.min(afterRev, head.seq);
  const isAbove = (seq: number) => Number(stored.at(head.number, seq)?.['sent_rev']) > afterRev;
  // Mostly every change since was a message: then the first guess is right, and one probe says so.
  if (low < high && isAbove(low + 1)) high = low;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isAbove(middle)) high = middle - 1;
    else low = middle;
  }
  return low + 1;
}

function readChanged(changed: Statement, head: ConversationHead, bounds: Bounds): Stretch {
  const rows = changed.all(head.number, bounds.afterRev, bounds.throughRev, bounds.limit + 1);
  const throughRev = rows.length > bounds.limit ? Number(rows.at(-1)?.['rev']) : bounds.throughRev;
  const messages = rows.filter((row) => seqOf(Number(row['place'])) <= bounds.throughSeq).map(messageFrom);
  return { messages, throughRev };
}

function merge(sent: Stretch, changed: Stretch, bounds: Bounds): Stretch & { more: boolean } {
  const throughRev = Math.min(sent.throughRev, changed.throughRev);
  const all = [...sent.messages, ...changed.messages].filter((message) => message.rev <= throughRev);
  all.sort((one, other) => one.rev - other.rev);
  const messages = all.slice(0, bounds.limit);
  const reached = all.length > bounds.limit ? (messages.at(-1)?.rev ?? bounds.afterRev) : throughRev;
  return { messages, throughRev: reached, more: reached < bounds.throughRev };
}
