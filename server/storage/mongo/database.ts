import { Mongoose, type Connection, type Model } from 'mongoose';
import { Collection, type BeforeWrite } from './collection.ts';
import type {
  AccountDocument,
  AddressDocument,
  ConversationDocument,
  FeedDocument,
  FeedEntryDocument,
  IntentDocument,
  MarkerDocument,
  MemberDocument,
  ProcessDocument,
  ServerDocument,
  SessionDocument,
  ThrottleDocument,
} from './documents.ts';
import { collectionPlans, schemaOf, type CollectionName, type Index } from './schemas.ts';

export interface Documents {
  server: ServerDocument;
  conversations: ConversationDocument;
  members: MemberDocument;
  markers: MarkerDocument;
  feeds: FeedDocument;
  feedEntries: FeedEntryDocument;
  intents: IntentDocument;
  accounts: AccountDocument;
  addresses: AddressDocument;
  sessions: SessionDocument;
  throttles: ThrottleDocument;
  processes: ProcessDocument;
}

export type Collections = { [N in CollectionName]: Collection<Documents[N]> };

export interface Database {
  connection: Connection;
  collections: Collections;
}

const namesDatabase = /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/;
const collectionNames = Object.keys(collectionPlans) as CollectionName[];

/** Connects; what it reads and writes is durable on a majority of the servers there are. Nothing waits for ever. */
export async function connectDatabase(url: string, beforeWrite?: BeforeWrite): Promise<Database> {
  // An instance of its own: what is set here is set for nobody else, and the other way round.
  const mongoose = new Mongoose({ sanitizeFilter: true, strictQuery: 'throw', bufferCommands: false });
  const connection = mongoose.createConnection(url, {
    ...(!namesDatabase.test(url) && { dbName: 'parley' }),
    writeConcern: { w: 'majority', j: true, wtimeoutMS: 10_000 },
    readConcernLevel: 'majority',
    readPreference: 'primary',
    promoteBuffers: true,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 5000,
    connectTimeoutMS: 5000,
    socketTimeoutMS: 30_000,
    maxPoolSize: 64,
    appName: 'parley',
  });
  await connection.asPromise();
  const open = <N extends CollectionName>(name: N): Collection<Documents[N]> =>
    new Collection(connection.model(name, schemaOf(name)) as unknown as Model<Documents[N]>, beforeWrite);
  const collections = Object.fromEntries(collectionNames.map((name) => [name, open(name)])) as unknown as Collections;
  return { connection, collections };
}

/** Makes the indexes that are missing. Throws where one has the name and is another. */
export async function prepareIndexes({ connection }: Database): Promise<void> {
  await Promise.all(
    collectionNames.map(async (name) => {
      const indexes = collectionPlans[name].indexes.map(({ key, where }: Index) => ({
        key,
        ...(where !== undefined && { partialFilterExpression: { [where]: true } }),
      }));
      if (indexes.length > 0) await connection.db?.collection(name).createIndexes(indexes);
    }),
  );
}
