import type {
  AccountRecord,
  ConversationRecord,
  MemberRecord,
  MessageRecord,
  SessionRecord,
  VisibleRange,
} from '../port/records.ts';
import type { ConversationCommit } from '../port/conversations.ts';

let minted = 0;

/** Another id with every call, in the shape of a UUID of version 7, growing. */
export function mintId(): string {
  minted += 1;
  const digits = minted.toString(16).padStart(12, '0');
  return `0197a000-0000-7000-8000-${digits}`;
}

export const everything: VisibleRange[] = [{ fromRev: 1, fromSeq: 1 }];

export function exampleMessage(given: Partial<MessageRecord> = {}): MessageRecord {
  const rev = given.rev ?? 1;
  return {
    id: mintId(),
    seq: 1,
    rev,
    sentRev: rev,
    authorId: mintId(),
    at: 1_700_000_000_000,
    body: { kind: 'text', text: 'Hello' },
    ...given,
  };
}

export function exampleInfo(given: Partial<ConversationRecord> = {}): ConversationRecord {
  return { kind: 'group', title: 'Example', history: 'everything', createdAt: 1_700_000_000_000, rev: 1, ...given };
}

export function exampleMember(given: Partial<MemberRecord> = {}): MemberRecord {
  return { userId: mintId(), role: 'member', state: 'in', ranges: everything, rev: 1, ...given };
}

export function exampleCommit(given: Partial<ConversationCommit> = {}): ConversationCommit {
  return {
    conversationId: mintId(),
    expectedRev: 0,
    head: { rev: 1, seq: 0, changeId: mintId() },
    members: [],
    messages: [],
    effects: [],
    ...given,
  };
}

export function exampleAccount(given: Partial<AccountRecord> = {}): AccountRecord {
  const userId = mintId();
  return {
    userId,
    email: `${userId}@example.org`,
    passwordHash: 'hash',
    name: 'Ada',
    profileVersion: 1,
    createdAt: 1_700_000_000_000,
    ...given,
  };
}

export function exampleSession(given: Partial<SessionRecord> = {}): SessionRecord {
  return {
    sessionId: mintId(),
    userId: mintId(),
    deviceId: mintId(),
    deviceName: 'Laptop',
    keeps: 'token',
    createdAt: 1000,
    lastSeenAt: 1000,
    seed: 'seed',
    generation: 1,
    rotatedAt: 1000,
    ...given,
  };
}
