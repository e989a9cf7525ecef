import type { Storage } from '@parley/server/testing/start-mortal-server.ts';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { LocalStore } from '../ports/local-store.ts';
import type { Link, SocketPort } from '../ports/socket.ts';
import { type Planted, playSeed } from './seeded-world.ts';

const seedsToCatchIn = 12;
/** A world that never comes to rest is a fault; one that a busy machine does not let begin tells nothing, and the next seed is played. */
const neverCame = 'Did not come to be';
const neverSettled = `${neverCame}: settled`;

/** A retry is taken for something new: what is recorded already is recorded again. */
const noDedupe: Planted = {
  wrapStorage: (storage) =>
    withCommit(storage, async (commit) => {
      const outcome = await storage.conversations.commit(commit);
      if (outcome.kind !== 'repeated') return outcome;
      const messages = commit.messages.map((message) => ({ ...message, id: v7() }));
      return storage.conversations.commit({ ...commit, messages });
    }),
};

/** The outbox sends again under an id it makes anew. */
const resendWithNewId: Planted = {
  wrapSocket: (real) => {
    const tried = new Set<unknown>();
    return onRequests(real, (name, input) => {
      if (name !== 'messages.send' || !tried.has(input['id'])) {
        tried.add(input['id']);
        return input;
      }
      return { ...input, id: v7() };
    });
  },
};

/** The server answers before the commit is through: every third one never is. */
const ackBeforeCommit: Planted = {
  wrapStorage: (storage) => {
    let count = 0;
    return withCommit(storage, async (commit) => {
      count += 1;
      if (count % 3 === 0 && commit.expectedRev > 1) return { kind: 'committed', advances: [] };
      return storage.conversations.commit(commit);
    });
  },
};

/** The cursor is stored, the messages that belong to it are not always. */
const cursorAheadOfStore: Planted = {
  wrapStore: (port) => ({
    kind: port.kind,
    list: () => port.list(),
    open: async (key) => {
      const store = await port.open(key);
      let count = 0;
      return withWrite(store, (batch) =>
        batch.filter((write) => {
          if (write.table !== 'messages') return true;
          count += 1;
          return count % 4 !== 0;
        }),
      );
    },
  }),
};

// What does not come together takes all the patience of the test: they wait at the same time.
test.concurrent.each([
  ['no dedupe', noDedupe],
  ['resend with a new id', resendWithNewId],
  ['ack before commit', ackBeforeCommit],
  ['cursor ahead of the store', cursorAheadOfStore],
])('the planted bug "%s" is caught', { timeout: 300_000 }, async (_, planted) => {
  for (let seed = 1; seed <= seedsToCatchIn; seed += 1) {
    const isCaught = await playSeed(seed, planted).then(
      (faults) => faults.length > 0,
      (error: unknown) => {
        if (!String(error).includes(neverCame)) throw error;
        return String(error).includes(neverSettled);
      },
    );
    if (isCaught) return;
  }
  expect.fail(`Not caught in ${seedsToCatchIn} seeds`);
});

function onRequests(real: SocketPort, change: (name: string, input: Record<string, unknown>) => unknown): SocketPort {
  return {
    open(options) {
      const link = real.open(options);
      const changed: Link = {
        close: () => link.close(),
        request: (name, input, timeoutMs) =>
          link.request(name, change(name, input as Record<string, unknown>), timeoutMs),
      };
      return changed;
    },
  };
}

function withCommit(storage: Storage, commit: Storage['conversations']['commit']): Storage {
  const conversations = new Proxy(storage.conversations, {
    get: (target, name, receiver) => (name === 'commit' ? commit : Reflect.get(target, name, receiver)),
  });
  return { ...storage, conversations };
}

function withWrite(
  store: LocalStore,
  keep: (batch: Parameters<LocalStore['write']>[0]) => Parameters<LocalStore['write']>[0],
): LocalStore {
  return { ...store, write: (batch) => store.write(keep(batch)) };
}
