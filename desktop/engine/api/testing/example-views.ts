import type { Change, CollectionName, Collections, Snapshot } from '../views.ts';

const message = {
  id: 'm1',
  conversationId: 'c1',
  seq: 7,
  order: 7,
  at: 1_700_000_000_000,
  authorId: 'u2',
  isMine: false,
  content: { kind: 'text', text: 'Where are you?', replyTo: { id: 'm0', authorId: 'u1', text: 'Here' } },
} as const;

/** One value of every collection: a new collection does not compile until it has one. */
export const exampleViews: { [C in CollectionName]: Collections[C] } = {
  account: {
    userId: 'u1',
    name: 'Ada',
    email: 'ada@example.org',
    serverAddress: 'https://parley.example',
    connection: { kind: 'catching-up', done: 1, total: 4 },
    waiting: 0,
    limits: { messageMaxChars: 20_000, maxGroupMembers: 100 },
  },
  people: {
    userId: 'u2',
    name: 'Grace',
    ownName: 'Grace H.',
    contact: { email: 'grace@example.org', alias: 'Grace' },
    directConversationId: 'c1',
  },
  presence: { userId: 'u2', isOnline: false, lastSeenAt: 1_700_000_000_000 },
  conversations: {
    id: 'c1',
    kind: 'group',
    title: 'Compilers',
    state: 'in',
    lastMessage: message,
    hasNotSent: false,
    unread: 1,
    mentions: 0,
    mutedUntil: 0,
    readSeq: 6,
    draft: 'On my',
    activeAt: 1_700_000_000_000,
    memberCount: 2,
    canWrite: true,
    isOwner: false,
  },
  members: [
    { userId: 'u1', role: 'member' },
    { userId: 'u2', role: 'owner' },
  ],
  threads: {
    conversationId: 'c1',
    state: 'ready',
    older: 'gap',
    olderGapCount: 12,
    newer: 'none',
    dividerAfterSeq: 6,
    focus: { messageId: 'm1', nonce: 1 },
  },
  messages: message,
  drafts: { text: 'On my way', version: 3 },
  typing: ['u2'],
};

export const exampleSnapshot: Snapshot = {
  revision: 41,
  app: { phase: 'ready', accounts: ['s1/u1'], storage: 'kept', server: { kind: 'ask' } },
  changes: Object.entries(exampleViews).map(
    ([collection, value]) => ({ account: 's1/u1', collection, key: 'k', value }) as Change,
  ),
};
