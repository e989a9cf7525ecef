import type { AccountEffect, ConversationCommit } from '../port/conversations.ts';
import type { ConversationState, MemberRecord, MessageBody, MessageRecord } from '../port/records.ts';
import type { Storage } from '../port/storage.ts';
import { everything } from './examples.ts';

/** As many tries as a writer may need; more means that somebody fails although nobody succeeds. */
const maxTries = 100;

/** Where an intent's message is: the answer to it, the first time and every time after. */
export interface Placed {
  seq: number;
  rev: number;
}

/** An intent was turned down by the state it met. */
export class Refused extends Error {}

export interface Intent {
  id: string;
  conversationId: string;
  authorId: string;
}

type Decision = Pick<ConversationCommit, 'info' | 'members' | 'effects'> & { body: MessageBody };

/** Read, decide, commit, and again when somebody was faster: what the real domain does, and nothing more. */
async function carryOut(
  storage: Storage,
  intent: Intent,
  decide: (state: ConversationState | null, rev: number, seq: number) => Decision,
): Promise<Placed> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const known = await storage.conversations.findMessage(intent.id);
    if (known !== null) return { seq: known.message.seq, rev: known.message.sentRev };
    const state = await storage.conversations.readState(intent.conversationId);
    const rev = (state?.head.rev ?? 0) + 1;
    const seq = (state?.head.seq ?? 0) + 1;
    const { body, ...records } = decide(state, rev, seq);
    const message: MessageRecord = { id: intent.id, seq, rev, sentRev: rev, authorId: intent.authorId, at: 1, body };
    const outcome = await storage.conversations.commit({
      conversationId: intent.conversationId,
      expectedRev: rev - 1,
      head: { rev, seq, changeId: intent.id },
      messages: [message],
      ...records,
    });
    if (outcome.kind === 'committed') return { seq, rev };
  }
  throw new Error(`No outcome after ${maxTries} tries`);
}

function effectOf(conversationId: string, { userId, state, role, ranges, rev }: MemberRecord): AccountEffect {
  return { userId, sourceRev: rev, entry: { kind: 'membership', key: conversationId, state, role, ranges } };
}

function membersIn(state: ConversationState | null, userId: string): MemberRecord {
  const member = state?.members.find((one) => one.userId === userId && one.state === 'in');
  if (member === undefined) throw new Refused('Not a member');
  return member;
}

/** Made by whoever comes first; whoever comes later finds it. */
export async function createGroup(storage: Storage, intent: Intent & { memberIds: string[] }): Promise<Placed> {
  return carryOut(storage, intent, (state, rev) => {
    if (state !== null) throw new Refused('Exists');
    const members = [intent.authorId, ...intent.memberIds].map((userId): MemberRecord => ({
      userId,
      role: userId === intent.authorId ? 'owner' : 'member',
      state: 'in',
      ranges: everything,
      rev,
    }));
    return {
      info: { kind: 'group', title: 'Example', history: 'everything', createdAt: 1, rev },
      members,
      effects: members.map((member) => effectOf(intent.conversationId, member)),
      body: { kind: 'system', event: { type: 'group-created', title: 'Example' } },
    };
  });
}

/** The first message of two people makes their conversation. */
export async function sendDirect(storage: Storage, intent: Intent & { withId: string; text: string }): Promise<Placed> {
  return carryOut(storage, intent, (state, rev) => {
    const body: MessageBody = { kind: 'text', text: intent.text };
    if (state !== null) return { members: [], effects: [], body };
    const members = [intent.authorId, intent.withId].map((userId): MemberRecord => ({
      userId,
      role: 'member',
      state: 'in',
      ranges: everything,
      rev,
    }));
    return {
      info: { kind: 'direct', history: 'everything', createdAt: 1, rev },
      members,
      effects: members.map((member) => effectOf(intent.conversationId, member)),
      body,
    };
  });
}

export async function sendText(storage: Storage, intent: Intent & { text: string }): Promise<Placed> {
  return carryOut(storage, intent, (state) => {
    membersIn(state, intent.authorId);
    return { members: [], effects: [], body: { kind: 'text', text: intent.text } };
  });
}

/** The one who goes sees the message that says so, and nothing after it. */
export async function removeMember(storage: Storage, intent: Intent & { userId: string }): Promise<Placed> {
  return carryOut(storage, intent, (state, rev, seq) => {
    const { ranges, ...member } = membersIn(state, intent.userId);
    const closed = ranges.map((range) =>
      range.untilRev === undefined ? { ...range, untilRev: rev, untilSeq: seq } : range,
    );
    const removed: MemberRecord = { ...member, state: 'removed', ranges: closed, rev };
    return {
      members: [removed],
      effects: [effectOf(intent.conversationId, removed)],
      body: { kind: 'system', event: { type: 'member-removed', userId: intent.userId } },
    };
  });
}

/** A change without a message of its own. Answers whether it was this call that made it. */
export async function scrub(
  storage: Storage,
  conversationId: string,
  messageId: string,
  changeId: string,
): Promise<boolean> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const state = await storage.conversations.readState(conversationId);
    const found = await storage.conversations.findMessage(messageId);
    if (state === null || found === null) throw new Refused('No such message');
    if (found.message.body.kind === 'scrubbed') return false;
    const rev = state.head.rev + 1;
    const outcome = await storage.conversations.commit({
      conversationId,
      expectedRev: state.head.rev,
      head: { rev, seq: state.head.seq, changeId },
      members: [],
      messages: [{ ...found.message, rev, body: { kind: 'scrubbed' } }],
      effects: [],
    });
    if (outcome.kind === 'committed') return true;
  }
  throw new Error(`No outcome after ${maxTries} tries`);
}
