import { StorageUnavailable, type Storage } from '../port/storage.ts';
import type { BeforeWrite } from './collection.ts';
import { connectDatabase, prepareIndexes, type Database } from './database.ts';
import type { ServerDocument } from './documents.ts';
import { CallGuard } from './guard-calls.ts';
import { MongoOpenError } from './open-error.ts';
import { changeKeys } from './sealing/change-keys.ts';
import { KeyRing } from './sealing/key-ring.ts';
import { findKeys, mintKeys, wrapKeys } from './sealing/key-set.ts';
import { PublishedKeys } from './sealing/published-keys.ts';
import { createAccountStore } from './stores/accounts.ts';
import { createCommitConversation } from './stores/commit-conversation.ts';
import { createConversationReads } from './stores/conversation-reads.ts';
import { createStoreParts } from './stores/create-store-parts.ts';
import { createFeedStore } from './stores/feeds.ts';
import { createMoveMarkers } from './stores/move-markers.ts';
import { createSessionStore } from './stores/sessions.ts';
import { createServingRegistry, createSharedReads } from './stores/shared.ts';
import type { StoreParts } from './stores/store-parts.ts';
import { createThrottleStore } from './stores/throttles.ts';

/** Of what the collections hold. */
const dataVersion = 1;
const sweepEveryMs = 5000;
const learnKeysEveryMs = 5000;

export interface MongoStorageOptions {
  /** With the name of the database. */
  url: string;
  /** 32 random bytes, which are not in the database. */
  key: Uint8Array;
  /** Who the server becomes if the database is new. */
  mint: { serverId: string; epoch: string };
  /** The keys that may open the data by now, newest first; by default `key`. */
  readKeys?(): readonly Uint8Array[];
  /** How often it looks whether the keys in the database have changed. */
  learnKeysEveryMs?: number;
  /** Stand for secrets that the data is worth nothing without, by name: kept with a new database, compared with any other. */
  prints?: Record<string, string>;
  /** Keeps `prints` in the place of others. */
  replacesPrints?: boolean;
  /** Makes none where there is none. */
  mustExist?: boolean;
  /** New data is to be copied into it: nobody else may open it until that is finished. */
  isCopyTarget?: boolean;
  /** For tests: stands before every single write. */
  beforeWrite?: BeforeWrite;
  /** For tests: sees the database before anything else does. */
  onConnected?(database: Database): void;
}

export interface OpenMongo {
  storage: Storage;
  database: Database;
  parts: StoreParts;
  /** Ends at once, as a crash does. */
  abandon(): Promise<void>;
}

/** Rejects with `MongoOpenError`. Any number of processes may serve a database. */
export async function openMongoStorage(options: MongoStorageOptions): Promise<Storage> {
  return (await openMongo(options)).storage;
}

/** The same, with what is inside. */
export async function openMongo(options: MongoStorageOptions): Promise<OpenMongo> {
  if (options.key.length !== 32) throw new RangeError('The key of a database has 32 bytes');
  const database = await connect(options);
  options.onConnected?.(database);
  try {
    return await open(database, options);
  } catch (error) {
    await database.connection.close(true);
    if (error instanceof MongoOpenError) throw error;
    throw new MongoOpenError('failed', 'The database could not be prepared.', { cause: error });
  }
}

async function connect({ url, beforeWrite }: MongoStorageOptions): Promise<Database> {
  try {
    return await connectDatabase(url, beforeWrite);
  } catch (error) {
    throw new MongoOpenError('failed', 'The database cannot be reached.', { cause: error });
  }
}

async function open(database: Database, options: MongoStorageOptions): Promise<OpenMongo> {
  const { collections } = database;
  const server = await readServer(database, options);
  const readKeys = options.readKeys ?? (() => [options.key]);
  const ring = openKeys(server, [options.key, ...readKeys()]);
  await comparePrints(database, server, options);
  await prepareIndexes(database);
  const published = new PublishedKeys(collections.server, ring, readKeys);
  const learnEveryMs = options.learnKeysEveryMs ?? learnKeysEveryMs;
  const learning = setInterval(() => void published.learn().catch(() => undefined), learnEveryMs).unref();
  const parts = createStoreParts(collections, ring, () => published.learn());
  const writers = [parts.addresses, parts.accounts, parts.feeds, parts.conversations];
  // What a crash has left. Feeds before the conversations that write into them.
  for (const writer of writers) await writer.sweep();
  const sweeping = setInterval(() => void sweepStale(), sweepEveryMs).unref();
  const sweepStale = async () => {
    for (const writer of writers) await writer.sweepStale().catch(() => undefined);
  };

  const stop = async () => {
    clearInterval(sweeping);
    clearInterval(learning);
    for (const writer of writers) writer.stop();
    await database.connection.close(true);
  };
  const guard = new CallGuard(() => published.learn());
  const changeKey = async (key: Uint8Array) => {
    const former = readKeys().filter((known) => !Buffer.from(known).equals(key));
    const learntAfterMs = 4 * learnEveryMs;
    await changeKeys({ parts, published, sweepStale, learntAfterMs }, key, former);
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    await guard.close();
    // What could not be cleared is swept at the next start.
    for (const writer of writers.toReversed()) await writer.settle().catch(() => undefined);
    await stop();
  };
  return {
    database,
    parts,
    storage: {
      ...guardedStores(parts, guard),
      identity: { serverId: server.serverId, epoch: server.epoch },
      renewEpoch: (epoch) => guard.run(() => setEpoch(database, epoch)),
      check: () => guard.run(() => checkWritable(database)),
      changeKey: (key) => guard.run(() => changeKey(key)),
      close: () => (closing ??= close()),
    },
    abandon: stop,
  };
}

function guardedStores(
  parts: StoreParts,
  guard: CallGuard,
): Pick<Storage, 'conversations' | 'feeds' | 'accounts' | 'sessions' | 'throttles' | 'shared'> {
  return {
    conversations: {
      ...guard.guard({
        ...createConversationReads(parts),
        commit: createCommitConversation(parts),
        moveMarkers: createMoveMarkers(parts),
      }),
      beforeNext: (decide) => decide(),
    },
    feeds: guard.guard(createFeedStore(parts)),
    accounts: guard.guard(createAccountStore(parts)),
    sessions: guard.guard(createSessionStore(parts)),
    throttles: guard.guard(createThrottleStore(parts)),
    shared: { reader: guard.guard(createSharedReads(parts)), registry: guard.guard(createServingRegistry(parts)) },
  };
}

/** The server's own document, made with a new database: of several processes one makes it and all read it. */
async function readServer(
  { collections, connection }: Database,
  { key, mint, isCopyTarget = false, mustExist = false }: MongoStorageOptions,
): Promise<ServerDocument> {
  if (!mustExist)
    await collections.server.insert({
      _id: 'server',
      version: dataVersion,
      ...mint,
      keys: [wrapKeys(key, mintKeys())],
      keysStep: 0,
      ...(isCopyTarget && { copying: {} }),
    });
  const stored = await collections.server.findOne({ _id: 'server' });
  if (stored === null && mustExist) throw new MongoOpenError('missing', connection.name);
  if (stored === null) throw new MongoOpenError('failed', 'The database does not keep what is written to it.');
  if (stored.copying !== undefined && !isCopyTarget)
    throw new MongoOpenError('failed', 'Data is being copied into it, and not all of it is there. Run the copy again.');
  if (stored.version > dataVersion)
    throw new MongoOpenError('too-new', 'The database was written by a later version of Parley. Start that version.');
  return stored;
}

async function setEpoch({ collections }: Database, epoch: string): Promise<void> {
  const isThere = await collections.server.updateOne({ _id: 'server' }, { $set: { epoch } });
  if (!isThere) throw new StorageUnavailable('The data is not there any more', { wasWritten: false });
}

/** Writes what is there already: only a server that takes writes says yes. */
async function checkWritable({ collections }: Database): Promise<void> {
  const isThere = await collections.server.updateOne({ _id: 'server' }, { $set: { version: dataVersion } });
  if (!isThere) throw new StorageUnavailable('The data is not there any more', { wasWritten: false });
}

function openKeys({ keys }: ServerDocument, databaseKeys: readonly Uint8Array[]): KeyRing {
  const found = findKeys(databaseKeys, keys);
  if (found === undefined) throw new MongoOpenError('wrong-key', 'The key does not open the database.');
  return new KeyRing(found);
}

async function comparePrints(
  { collections }: Database,
  stored: ServerDocument,
  { prints, replacesPrints }: MongoStorageOptions,
): Promise<void> {
  if (prints === undefined) return;
  const others = Object.keys(prints).filter((name) => stored.prints?.[name] !== prints[name]);
  if (others.length === 0) return;
  if (stored.prints !== undefined && replacesPrints !== true)
    throw new MongoOpenError('other-secrets', others.join(', '));
  await collections.server.updateOne({ _id: 'server' }, { $set: { prints } });
}
