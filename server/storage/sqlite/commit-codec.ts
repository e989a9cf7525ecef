import type { ConversationCommit } from '../port/conversations.ts';
import type { MessageRecord } from '../port/records.ts';
import type { Value } from './database.ts';

/** What few commits have. */
export type CommitRest = Pick<ConversationCommit, 'info' | 'members' | 'effects' | 'recorded' | 'sharesMarkers'>;

/** A commit on its way to the worker: flat, because cloning an array of strings and numbers costs half of cloning the objects. */
export type FlatCommit = (Value | CommitRest)[];

/** Places in a `FlatCommit`; messages follow from `messages` on, `valuesPerMessage` each. */
export const commitAt = {
  conversationId: 0,
  expectedRev: 1,
  rev: 2,
  seq: 3,
  changeId: 4,
  rest: 5,
  messages: 6,
} as const;
export const messageAt = { id: 0, seq: 1, rev: 2, sentRev: 3, authorId: 4, at: 5, body: 6 } as const;
const valuesPerMessage = 7;

export function flattenCommit(commit: ConversationCommit): FlatCommit {
  const { head } = commit;
  const flat: FlatCommit = [
    commit.conversationId,
    commit.expectedRev,
    head.rev,
    head.seq,
    head.changeId,
    restOf(commit),
  ];
  for (const message of commit.messages) pushMessage(flat, message);
  return flat;
}

function restOf({ info, members, effects, recorded, sharesMarkers }: ConversationCommit): CommitRest | null {
  const isPlain = info === undefined && recorded === undefined && sharesMarkers === undefined;
  if (isPlain && members.length === 0 && effects.length === 0) return null;
  return {
    members,
    effects,
    ...(info !== undefined && { info }),
    ...(recorded !== undefined && { recorded }),
    ...(sharesMarkers && { sharesMarkers }),
  };
}

/** A message as its row has it; `body` is JSON. */
export interface FlatMessage {
  id: string;
  seq: number;
  rev: number;
  sentRev: number;
  authorId: string;
  at: number;
  body: string;
}

/** Where the messages of a commit begin. */
export function* messageStarts(flat: FlatCommit): Generator<number> {
  for (let start: number = commitAt.messages; start < flat.length; start += valuesPerMessage) yield start;
}

export function countMessages(flat: FlatCommit): number {
  return (flat.length - commitAt.messages) / valuesPerMessage;
}

export function messageFrom(flat: FlatCommit, start: number): FlatMessage {
  return {
    id: flat[start + messageAt.id] as string,
    seq: flat[start + messageAt.seq] as number,
    rev: flat[start + messageAt.rev] as number,
    sentRev: flat[start + messageAt.sentRev] as number,
    authorId: flat[start + messageAt.authorId] as string,
    at: flat[start + messageAt.at] as number,
    body: flat[start + messageAt.body] as string,
  };
}

function pushMessage(flat: FlatCommit, message: MessageRecord): void {
  const { id, seq, rev, sentRev, authorId, at } = message;
  flat.push(id, seq, rev, sentRev, authorId, at, JSON.stringify(message.body));
}
