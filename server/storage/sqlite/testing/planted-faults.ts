import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageHarness } from '../../conformance/harness.ts';
import type { ConversationCommit } from '../../port/conversations.ts';
import type { Storage } from '../../port/storage.ts';
import { SqliteDataSet } from './sqlite-harness.ts';

/** Makes a store that breaks one promise out of one that keeps all. */
type Break = (storage: Storage, data: SqliteDataSet) => Partial<Storage>;

export interface PlantedFault {
  /** How the title of the rule begins that has to catch it. */
  caughtBy: string;
  harness: StorageHarness;
}

function fault(caughtBy: string, breakStorage: Break): PlantedFault {
  return { caughtBy, harness: faultyHarness(breakStorage) };
}

function withConversations(storage: Storage, broken: Partial<Storage['conversations']>): Partial<Storage> {
  return { conversations: { ...storage.conversations, ...broken } };
}

function withFeeds(storage: Storage, broken: Partial<Storage['feeds']>): Partial<Storage> {
  return { feeds: { ...storage.feeds, ...broken } };
}

/** Moves a commit to the head there is now, as if nobody had been faster. */
async function atCurrentHead(storage: Storage, commit: ConversationCommit): Promise<ConversationCommit> {
  const head = (await storage.conversations.readHeads([commit.conversationId])).get(commit.conversationId);
  const revs = (head?.rev ?? 0) - commit.expectedRev;
  const isNew = commit.messages.some((message) => message.rev === message.sentRev);
  const seqs = (head?.seq ?? 0) + (isNew ? 1 : 0) - commit.head.seq;
  return {
    ...commit,
    expectedRev: commit.expectedRev + revs,
    head: { ...commit.head, rev: commit.head.rev + revs, seq: commit.head.seq + seqs },
    messages: commit.messages.map((message) =>
      message.rev === message.sentRev
        ? { ...message, rev: message.rev + revs, sentRev: message.sentRev + revs, seq: message.seq + seqs }
        : { ...message, rev: message.rev + revs },
    ),
  };
}

let copies = 0;
const otherId = (id: string) => `${(copies += 1).toString(16).padStart(8, '0')}${id.slice(8)}`;

/** What has gone wrong in messengers before, one at a time. */
export const plantedFaults: Record<string, PlantedFault> = {
  'a commit does not look at the rev it was decided at': fault('D3 a stalled writer', (storage) =>
    withConversations(storage, {
      async commit(commit) {
        const outcome = await storage.conversations.commit(commit);
        if (outcome.kind !== 'moved-on' || commit.expectedRev === 0) return outcome;
        return storage.conversations.commit(await atCurrentHead(storage, commit));
      },
    }),
  ),
  'a repeated message is stored again under another id': fault('D1 a message id that is recorded', (storage) =>
    withConversations(storage, {
      async commit(commit) {
        const outcome = await storage.conversations.commit(commit);
        if (outcome.kind !== 'repeated') return outcome;
        const messages = commit.messages.map((message) => ({ ...message, id: otherId(message.id) }));
        return storage.conversations.commit({ ...commit, messages });
      },
    }),
  ),
  'an id is looked for among messages only': fault('D1 one id is one act', (storage) =>
    withConversations(storage, {
      async commit(commit) {
        const outcome = await storage.conversations.commit(commit);
        if (outcome.kind !== 'repeated') return outcome;
        for (const id of outcome.intentIds) if (await storage.conversations.findMessage(id)) return outcome;
        const { recorded: _, messages, ...rest } = commit;
        const renamed = messages.map((message) => ({ ...message, id: otherId(message.id) }));
        return storage.conversations.commit({ ...rest, messages: renamed });
      },
    }),
  ),
  'an intent is recorded in a step of its own': fault('D1 D12 an intent that brings no message', (storage) =>
    withConversations(storage, {
      async commit({ recorded, ...commit }) {
        const outcome = await storage.conversations.commit(commit);
        for (const intent of recorded?.intents ?? []) {
          const userId = intent.accountId;
          const expectedRev = await storage.feeds.readRev(userId);
          await storage.feeds.commit({ userId, expectedRev, entries: [], intent, at: recorded?.at ?? 0 });
        }
        return outcome;
      },
    }),
  ),
  'account effects follow in a step of their own': fault('D1 D12 a crash before any write', (storage) =>
    withConversations(storage, {
      async commit(commit) {
        const outcome = await storage.conversations.commit({ ...commit, effects: [] });
        if (outcome.kind !== 'committed') return outcome;
        for (const { userId, entry } of commit.effects) {
          const rev = (await storage.feeds.readRev(userId)) + 1;
          await storage.feeds.commit({ userId, expectedRev: rev - 1, entries: [{ ...entry, rev } as never], at: 0 });
        }
        return outcome;
      },
    }),
  ),
  'a commit is acknowledged before it is on the disk': fault('D1 D12 a crash before any write', (storage) => {
    const heads = new Map<string, number>();
    return withConversations(storage, {
      async commit(commit) {
        const decided = storage.conversations.commit(commit);
        const isForetold = heads.get(commit.conversationId) === commit.expectedRev;
        heads.set(commit.conversationId, commit.head.rev);
        if (!isForetold) return decided;
        decided.catch(() => undefined);
        return { kind: 'committed', advances: [] };
      },
    });
  }),
  'a page does not look at the ranges': fault('D16 a page has what', (storage) =>
    withConversations(storage, {
      readPage: (page) => storage.conversations.readPage({ ...page, ranges: [{ fromRev: 1, fromSeq: 1 }] }),
    }),
  ),
  'a page says there is more only when it is full': fault('D16 a page has what', (storage) =>
    withConversations(storage, {
      async readPage(page) {
        const read = await storage.conversations.readPage(page);
        return { ...read, hasMore: read.messages.length === page.limit };
      },
    }),
  ),
  'catch-up forgets what was changed after it was sent': fault('D3 D5 catch-up', (storage) =>
    withConversations(storage, {
      async readChanges(changes) {
        const read = await storage.conversations.readChanges(changes);
        return { ...read, messages: read.messages.filter((message) => message.rev === message.sentRev) };
      },
    }),
  ),
  'catch-up takes its last page for the whole': fault('D3 D5 catch-up', (storage) =>
    withConversations(storage, {
      readChanges: async (changes) => ({ ...(await storage.conversations.readChanges(changes)), more: false }),
    }),
  ),
  'markers take a number although nothing moved': fault('D9 a move that moves nothing', (storage) =>
    withConversations(storage, {
      async moveMarkers(moves) {
        const moved = await storage.conversations.moveMarkers(moves);
        return moved.markers.length > 0 ? moved : { ...moved, mrev: moved.mrev + 1 };
      },
    }),
  ),
  'nobody is told that markers are shared again': fault('D9 a change that shares', (storage) =>
    withConversations(storage, {
      commit(commit) {
        const { sharesMarkers: _, ...untold } = commit;
        return storage.conversations.commit(untold);
      },
    }),
  ),
  'a lower marker replaces a higher one': fault('D9 markers only grow', (storage) => {
    const last = new Map<string, number>();
    return withConversations(storage, {
      async moveMarkers(moves) {
        for (const { userId, read } of moves.moves)
          if (read !== undefined) last.set(`${moves.conversationId} ${userId}`, read);
        return storage.conversations.moveMarkers(moves);
      },
      async readMarkers(conversationId) {
        const { mrev, markers } = await storage.conversations.readMarkers(conversationId);
        const lowered = markers.map((one) => ({
          ...one,
          read: last.get(`${conversationId} ${one.userId}`) ?? one.read,
        }));
        return { mrev, markers: lowered };
      },
    });
  }),
  'deletions are not told': fault('D15 a device that pages', (storage) =>
    withFeeds(storage, {
      async readPage(page) {
        const read = await storage.feeds.readPage(page);
        return { ...read, entries: read.entries.filter((entry) => entry.kind !== 'tombstone') };
      },
    }),
  ),
  'what was deleted is forgotten at once': fault('D15 a deleted entry is gone', (storage) =>
    withFeeds(storage, {
      readLast: (userId, kind, key) => storage.feeds.readEntry(userId, kind, key) as Promise<never>,
    }),
  ),
  'a snapshot is not told to be one': fault('D15 after a purge', (storage) =>
    withFeeds(storage, {
      readPage: async (page) => ({ ...(await storage.feeds.readPage(page)), isReset: false }),
    }),
  ),
  'an intent is recorded without its effect being guarded by it': fault('D1 D15 an intent of an account', (storage) =>
    withFeeds(storage, {
      async commit({ intent, ...commit }) {
        const outcome = await storage.feeds.commit({ ...commit, ...(intent && { intent }) });
        return outcome.kind === 'repeated' ? storage.feeds.commit(commit) : outcome;
      },
    }),
  ),
  'a session is looked at before it is rotated': fault('S19 of a hundred', (storage) => ({
    sessions: {
      ...storage.sessions,
      async rotate(rotation) {
        const session = await storage.sessions.read(rotation.sessionId);
        const isCurrent = session?.generation === rotation.expectedGeneration && session.revokedAt === undefined;
        if (isCurrent) await storage.sessions.rotate(rotation);
        return isCurrent;
      },
    },
  })),
  'an address is looked for before the account is made': fault('D1 of many who register', (storage) => ({
    accounts: {
      ...storage.accounts,
      async create(account) {
        if ((await storage.accounts.findByEmail(account.email)) !== null) return 'email-taken';
        await storage.accounts.create(account);
        return 'created';
      },
    },
  })),
  'the words of messages are written to a log': fault('S18 no words', (storage, data) =>
    withConversations(storage, {
      commit(commit) {
        appendFileSync(join(data.folder, 'debug.log'), JSON.stringify(commit.messages));
        return storage.conversations.commit(commit);
      },
    }),
  ),
};

class FaultyDataSet extends SqliteDataSet {
  readonly #break: Break;
  #broken: Storage | undefined;

  constructor(breakStorage: Break) {
    super();
    this.#break = breakStorage;
  }

  override get storage(): Storage {
    return this.#broken ?? super.storage;
  }

  override async open(): Promise<Storage> {
    const sound = await super.open();
    this.#broken = { ...sound, ...this.#break(sound, this) };
    return this.#broken;
  }
}

function faultyHarness(breakStorage: Break): StorageHarness {
  return {
    async open() {
      const data = new FaultyDataSet(breakStorage);
      await data.open();
      return data;
    },
  };
}
