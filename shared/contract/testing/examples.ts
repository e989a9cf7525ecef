import type { InputOf, OutputOf, PayloadOf } from '../define.ts';
import type { FactKey, facts, OperationKey, Operations } from '../registry.ts';

/** An id that says what it stands for. */
export function exampleId(number: number): string {
  return `0197a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const [ann, ben, conversationId, messageId, deviceId, sessionId, serverId] = [1, 2, 3, 4, 5, 6, 7].map(exampleId) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const intent = { id: exampleId(100) };
const at = 1_795_269_062_000;
const profile = { userId: ben, name: 'Ben', version: 2 };
const account = { profile: { userId: ann, name: 'Ann', version: 1 }, email: 'ann@example.org' };
const device = { deviceId, name: "Ann's laptop", keeps: 'token' as const };
const protocol = { current: 1, oldestAccepted: 1 };
const signedIn = {
  account,
  sessionId,
  tokens: { accessToken: 'a.b.c', accessTokenExpiresInMs: 900_000, refreshToken: 'r'.repeat(43) },
};
const placed = { seq: 2, rev: 3, at };
const head = { rev: 3, seq: 2, changeId: messageId, mrev: 1 };
const info = { kind: 'group', title: 'Hikers', history: 'everything', createdAt: at, rev: 1 } as const;
const member = { userId: ben, role: 'member', state: 'in', rev: 1 } as const;
const marker = { userId: ben, delivered: 2, read: 1 };
const place = { id: messageId, seq: 2, rev: 3 };
const messages: OutputOf<Operations['pageMessages']>['messages'] = [
  { ...place, kind: 'text', at, authorId: ann, text: 'Hello', replyTo: exampleId(8) },
  { ...place, kind: 'system', at, authorId: ann, event: { type: 'group-created', title: 'Hikers' } },
  { ...place, kind: 'system', at, authorId: ann, event: { type: 'members-added', userIds: [ben] } },
  { ...place, kind: 'system', at, authorId: ann, event: { type: 'member-removed', userId: ben } },
  { ...place, kind: 'system', at, authorId: ann, event: { type: 'member-left' } },
  { ...place, kind: 'system', at, authorId: ann, event: { type: 'title-changed', title: 'Climbers' } },
  { ...place, kind: 'stub' },
  { ...place, kind: 'scrubbed', at, authorId: ann },
];
const records = { info, members: [member], messages };
const contact = {
  kind: 'contact' as const,
  key: ben,
  alias: 'Benny',
  email: 'ben@example.org',
  directConversationId: conversationId,
  rev: 4,
};
const entries: OutputOf<Operations['syncAccount']>['entries'] = [
  {
    kind: 'membership',
    key: conversationId,
    state: 'in',
    role: 'owner',
    ranges: [{ fromRev: 0, fromSeq: 0, untilRev: 4, untilSeq: 3 }],
    rev: 1,
  },
  { kind: 'marker', key: conversationId, read: 2, rev: 2 },
  { kind: 'draft', key: conversationId, text: 'Dear', rev: 3 },
  contact,
  { kind: 'notices', key: conversationId, choice: 'mentions', mutedUntil: 0, rev: 6 },
  { kind: 'tombstone', of: 'draft', key: exampleId(9), rev: 5 },
];
const presence = { userId: ben, isOnline: false, lastSeenAt: at };

/** One of everything that can be asked, with as much in it as there can be, and an answer to it. */
export const exampleOperations: {
  [K in OperationKey]: { input: InputOf<Operations[K]>; output: OutputOf<Operations[K]> };
} = {
  describeServer: {
    input: {},
    output: { product: 'parley', serverId, epoch: serverId, protocol, registration: 'open' },
  },
  hello: {
    input: {},
    output: {
      serverId,
      epoch: serverId,
      protocol,
      limits: { maxGroupMembers: 1_000, messageMaxChars: 20_000, rates: { messages: { perSecond: 10, burst: 30 } } },
      account,
      sessionId,
    },
  },
  checkLive: { input: {}, output: { status: 'ok' } },
  checkReady: { input: {}, output: { status: 'draining' } },
  register: { input: { email: 'ann@example.org', password: 'good enough', name: 'Ann', device }, output: signedIn },
  login: { input: { email: 'ann@example.org', password: 'good enough', device }, output: signedIn },
  refresh: { input: { refreshToken: 'r'.repeat(43) }, output: signedIn },
  logout: { input: {}, output: {} },
  getAccount: { input: {}, output: account },
  updateProfile: { input: { ...intent, name: 'Anna' }, output: profile },
  getProfiles: { input: { people: [{ userId: ben, version: 1 }] }, output: { profiles: [profile] } },
  listSessions: {
    input: {},
    output: {
      sessions: [{ sessionId, deviceId, deviceName: 'Laptop', createdAt: at, lastSeenAt: at, isCurrent: true }],
    },
  },
  revokeSession: { input: { sessionId }, output: {} },
  addContact: { input: { ...intent, email: 'ben@example.org', alias: 'Benny' }, output: { contact, profile } },
  renameContact: { input: { ...intent, userId: ben, alias: 'Benny' }, output: {} },
  removeContact: { input: { ...intent, userId: ben }, output: {} },
  listConversations: {
    input: { after: conversationId, limit: 10 },
    output: { conversations: [{ conversationId, info, head }], hasMore: true },
  },
  getMembers: {
    input: { conversationId, after: ann },
    output: { atRev: 3, members: [member], hasMore: false, mrev: 1, markers: [marker] },
  },
  openDirect: { input: { userId: ben }, output: { conversationId, profile } },
  createGroup: {
    input: { ...intent, title: 'Hikers', history: 'since-joining', memberIds: [ben] },
    output: placed,
  },
  addMembers: { input: { ...intent, conversationId, userIds: [ben] }, output: placed },
  removeMember: { input: { ...intent, conversationId, userId: ben }, output: placed },
  leaveGroup: { input: { ...intent, conversationId }, output: placed },
  renameGroup: { input: { ...intent, conversationId, title: 'Climbers' }, output: placed },
  sendMessage: {
    input: { ...intent, conversationId, text: 'Hello', replyTo: messageId, directWith: ben, readUpTo: 41 },
    output: placed,
  },
  pageMessages: { input: { conversationId, before: 90, limit: 20 }, output: { atRev: 3, messages, hasMore: true } },
  countReceipts: {
    input: { conversationId, seqs: [2] },
    output: { receipts: [{ seq: 2, delivered: 60, read: 40, others: 70 }] },
  },
  moveMarkers: { input: { moves: [{ conversationId, delivered: 2, read: 1 }] }, output: {} },
  putDraft: {
    input: { ...intent, conversationId, text: 'Dear', baseVersion: 3 },
    output: { outcome: 'conflict', version: 4, text: 'Hello' },
  },
  putNotices: { input: { ...intent, conversationId, choice: 'mentions', mutedUntil: 0 }, output: {} },
  watchPresence: { input: { userIds: [ben] }, output: { people: [presence] } },
  setTyping: { input: { conversationId, isTyping: true }, output: {} },
  syncAccount: { input: { rev: 2, resetFrom: 3 }, output: { entries, rev: 5, more: false, reset: true } },
  syncConversations: {
    input: { cursors: [{ conversationId, rev: 1, mrev: 0, seq: 1, changeId: messageId }] },
    output: {
      answers: [
        { conversationId, head, cursor: 3, records, markers: [marker], leap: { belowSeq: 2, membersAfter: ann } },
      ],
      unanswered: [exampleId(10)],
    },
  },
  syncChanges: {
    input: { conversationId, afterRev: 1, throughRev: 3, throughSeq: 2 },
    output: { records, rev: 3, more: false },
  },
  checkSync: {
    input: { accountRev: 5, sums: { conversations: 1, revs: 3, mrevs: 1 } },
    output: { isCurrent: false, accountRev: 6, heads: [{ conversationId, rev: 3, mrev: 1 }] },
  },
};

/** One of everything that is told. */
export const exampleFacts: { [K in FactKey]: PayloadOf<(typeof facts)[K]> } = {
  conversationChanged: {
    conversationId,
    afterRev: 2,
    rev: 3,
    changeId: messageId,
    change: { kind: 'records', records },
  },
  markersMoved: { conversationId, afterMrev: 0, mrev: 1, markers: [marker] },
  accountChanged: { afterRev: 0, rev: 5, entries },
  profileChanged: { profile },
  presenceChanged: { people: [presence] },
  typingChanged: { conversationId, userId: ben, isTyping: true },
  sessionEnded: { error: { code: 'session_revoked', message: 'Signed out', retryAfterMs: 1 } },
  serverStopping: { reconnectInMs: 2_000 },
};
