import { setTimeout as after } from 'node:timers/promises';
import type { AccountDocument } from '../documents.ts';
import { addressLookups } from '../stores/accounts.ts';
import type { StoreParts } from '../stores/store-parts.ts';
import { mintKey, type KeySet } from './key-set.ts';
import type { PublishedChange, PublishedKeys } from './published-keys.ts';

/** Everything that is sealed, by collection and field. */
const sealedFields = {
  conversations: ['info'],
  intents: ['sealed'],
  members: ['sealed'],
  feedEntries: ['sealed'],
  accounts: ['profile', 'passwordHash'],
  sessions: ['sealed'],
} as const;
type SealedCollection = keyof typeof sealedFields;

const openedAtOnce = 200;

export interface KeyChange {
  parts: StoreParts;
  published: PublishedKeys;
  /** Applies and clears what others have left pending. */
  sweepStale(): Promise<void>;
  /** After this every process that serves has learnt what was published. */
  learntAfterMs: number;
}

/**
 * Brings the database under new keys, and those under `databaseKey` alone, while any number of processes serve it:
 *
 *   lookups [old] --publish--> [old, new] --all have learnt; addresses copied--> [new] --all have learnt; fields sealed anew--> done
 *
 * Processes one step apart claim an address at a key they have in common, so that it is never taken twice. What a process that slept through
 * all of it writes under the old key of the fields still opens: that key stays, and opens only, until the next change. Interrupted, it
 * goes on where it was. Of two at once one rejects.
 */
export async function changeKeys(
  change: KeyChange,
  databaseKey: Uint8Array,
  former: readonly Uint8Array[],
): Promise<void> {
  const { parts, learntAfterMs } = change;
  const published = await change.published.beginChange();
  const { fields, lookups } = published.keys;
  const begun: KeySet =
    lookups.length > 1 ? { fields, lookups } : { fields: [mintKey(), ...fields], lookups: [...lookups, mintKey()] };
  const databaseKeys = [databaseKey, ...former];
  await published.publish(begun, databaseKeys);
  await after(learntAfterMs);
  await copyAddresses(parts);
  const changed: KeySet = { fields: begun.fields, lookups: begun.lookups.slice(-1) };
  await published.publish(changed, databaseKeys);
  await after(learntAfterMs);
  await copyAddresses(parts);
  await removeFormerAddresses(parts, changed, published);
  while ((await sealAnew(parts)) > 0) {
    await change.sweepStale();
    await after(Math.min(1_000, learntAfterMs));
  }
  await published.publish({ ...changed, fields: changed.fields.slice(0, 2) }, [databaseKey]);
}

/** Gives every account its address under the newest lookup. */
async function copyAddresses({ collections, ring }: StoreParts): Promise<void> {
  for await (const accounts of inGroups<AccountDocument>(collections.accounts.model.find({}, { profile: 1 }))) {
    await collections.addresses.insertAll(
      accounts.map(({ _id: user, profile }) => {
        const { email } = ring.open<{ email: string }>(`accounts|profile|${user}`, profile);
        return { _id: addressLookups(ring, email).at(-1) ?? '', step: 1, token: '', user };
      }),
    );
  }
}

async function removeFormerAddresses(
  { collections: { addresses } }: StoreParts,
  { lookups: [newest] }: KeySet,
  published: PublishedChange,
): Promise<void> {
  for await (const group of inGroups<{ _id: string }>(addresses.model.find({}, { _id: 1 }))) {
    // What was read until now is of no later change.
    await published.demandLast();
    for (const { _id } of group) if (!_id.startsWith(`${newest?.id}.`)) await addresses.removeAll({ _id });
  }
}

/** Answers how much was not under the current key when it came by. */
async function sealAnew(parts: StoreParts): Promise<number> {
  let found = await countPending(parts);
  for (const [name, fields] of Object.entries(sealedFields) as [SealedCollection, readonly string[]][])
    for (const field of fields) found += await sealFieldAnew(parts, name, field);
  return found;
}

async function sealFieldAnew(
  { collections, ring }: StoreParts,
  name: SealedCollection,
  field: string,
): Promise<number> {
  const { model, updateAll } = boundTo(collections[name]);
  let found = 0;
  for await (const group of inGroups<Record<string, unknown> & { _id: string }>(model.find({}, { [field]: 1 }))) {
    const updates = group.flatMap(({ _id, [field]: sealed }) => {
      const anew = sealed instanceof Uint8Array ? ring.reseal(`${name}|${field}|${_id}`, sealed) : null;
      // Only as it was read: whoever has written meanwhile has written something newer.
      return anew === null ? [] : [{ where: { _id, [field]: sealed }, change: { $set: { [field]: anew } } }];
    });
    found += updates.length;
    await updateAll(updates);
  }
  return found;
}

interface Reseals {
  model: { find(where: object, fields: Record<string, 1>): Query };
  updateAll(updates: readonly { where: Record<string, unknown>; change: Record<string, unknown> }[]): Promise<void>;
}

/** The same of every collection, whatever its documents. */
function boundTo(collection: { model: unknown; updateAll: Reseals['updateAll'] }): Reseals {
  return {
    model: collection.model as Reseals['model'],
    updateAll: (updates) => collection.updateAll(updates),
  };
}

/** Heads that have something pending which is not under the current key. */
async function countPending({ collections, ring }: StoreParts): Promise<number> {
  const heads = await Promise.all(
    [collections.conversations, collections.feeds, collections.accounts, collections.addresses].map((collection) =>
      (collection as typeof collections.feeds).find({ isOpen: true }, { fields: ['pending'] }),
    ),
  );
  const isFormer = (value: unknown) => value instanceof Uint8Array && !ring.isCurrent(value);
  return heads
    .flat()
    .filter(({ pending = [] }) =>
      pending.some((one) => (one.in === 'feeds' ? isFormer(one.sealed) : Object.values(one.set).some(isFormer))),
    ).length;
}

interface Query {
  lean(): { cursor(options: { batchSize: number }): AsyncIterable<unknown> };
}

async function* inGroups<D>(query: unknown): AsyncGenerator<D[]> {
  let group: D[] = [];
  for await (const document of (query as Query).lean().cursor({ batchSize: openedAtOnce })) {
    group.push(document as D);
    if (group.length < openedAtOnce) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
