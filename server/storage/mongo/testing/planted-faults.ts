import type { Collection } from '../collection.ts';
import type { HeadDocument } from '../documents.ts';
import type { Tamper } from './mongo-harness.ts';

export interface PlantedFault extends Tamper {
  /** How the title of the rule begins that has to catch it. */
  caughtBy: string;
}

const crash = 'D1 D12 a crash before any write';
const plain = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');

function without<T extends object>(value: T, ...names: string[]): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as T;
}

/** Commits what its head says, and not what was pending with it. */
function loseWhatIsPending<H extends HeadDocument>(heads: Collection<H>): void {
  const insert = heads.insert.bind(heads);
  const commit = heads.commit.bind(heads);
  heads.insert = (head) => insert({ ...head, pending: [] });
  heads.commit = ({ where, set }) => commit({ where, set: without(set, 'pending') });
}

/** What a scheme without transactions gets wrong, one at a time. */
export const plantedFaults: Record<string, PlantedFault> = {
  'a commit does not look at the step it was decided at': {
    caughtBy: 'D2 D3 four writers',
    collections({ conversations }) {
      const commit = conversations.commit.bind(conversations);
      conversations.commit = ({ where, set }) => commit({ where: without(where, 'step'), set });
    },
  },
  'a head is made again by whoever comes later': {
    caughtBy: 'D1 of many who register',
    collections({ addresses }) {
      const insert = addresses.insert.bind(addresses);
      addresses.insert = async (head) => {
        if (!(await insert(head))) await addresses.updateOne({ _id: head._id }, { $set: without(head, '_id') });
        return true;
      };
    },
  },
  'what was claimed before is not looked at': {
    caughtBy: 'D1 a message id that is recorded',
    collections({ intents }) {
      const insertAll = intents.insertAll.bind(intents);
      intents.insertAll = async (claims) => {
        await insertAll(claims);
        return [];
      };
    },
  },
  'the records of a commit are not in its one update': {
    caughtBy: crash,
    collections: ({ conversations }) => loseWhatIsPending(conversations),
  },
  'an entry of a feed is not in its one update': {
    caughtBy: crash,
    collections: ({ feeds }) => loseWhatIsPending(feeds),
  },
  'nobody finishes what a crash has left': {
    caughtBy: crash,
    collections({ conversations }) {
      const find = conversations.find.bind(conversations);
      conversations.find = async (where, options) => ('isOpen' in where ? [] : find(where, options));
    },
  },
  'readers do not see what is pending': {
    caughtBy: 'D3 of commits decided at one rev',
    collections({ conversations, intents }) {
      const updateAll = intents.updateAll.bind(intents);
      let isLate = false;
      intents.updateAll = async (updates) => {
        isLate = true;
        await new Promise((resolve) => void setTimeout(resolve, 300));
        await updateAll(updates);
        isLate = false;
      };
      const findOne = conversations.findOne.bind(conversations);
      conversations.findOne = async (where, fields) => {
        const head = await findOne(where, fields);
        return head && isLate ? without(head, 'pending') : head;
      };
    },
  },
  'an effect is applied as often as it is seen': {
    caughtBy: 'D15 an effect with the same or a lower source rev',
    collections({ feedEntries }) {
      const findOne = feedEntries.findOne.bind(feedEntries);
      feedEntries.findOne = async (where, fields) => (fields?.includes('sourceRev') ? null : findOne(where, fields));
    },
  },
  'what is purged does not move its head': {
    caughtBy: 'D15 after a purge',
    collections({ feeds }) {
      const commit = feeds.commit.bind(feeds);
      feeds.commit = ({ where, set }) => commit({ where, set: without(set, 'purgedRev') });
    },
  },
  'a session is rotated whatever its generation': {
    caughtBy: 'S19 of a hundred',
    collections({ sessions }) {
      const update = sessions.updateOne.bind(sessions);
      sessions.updateOne = (where, change) => update(without(where, 'generation'), change);
    },
  },
  'tries are read, added up and written': {
    caughtBy: 'S19 tries are counted once each',
    collections({ throttles }) {
      throttles.compute = async (_id) => {
        const tries = ((await throttles.findOne({ _id }))?.tries ?? 0) + 1;
        if (tries === 1) await throttles.insert({ _id, tries, endsAt: 1100 });
        else await throttles.updateOne({ _id }, { $set: { tries } });
        return { _id, tries, endsAt: 1100 };
      };
    },
  },
  'fields are kept as they are': {
    caughtBy: 'S18 no words',
    keys(ring) {
      ring.seal = (_place, value) => plain(value);
      ring.open = (_place, sealed) => JSON.parse(Buffer.from(sealed).toString('utf8'));
    },
  },
  'an address is its own lookup': {
    caughtBy: 'S18 no words',
    keys(ring) {
      ring.lookupsOf = (_purpose, value) => [value];
    },
  },
};
