import type { ArchiveKind, ArchiveRecords, ArchiveTarget } from '../port/archive.ts';
import { anyOf, type Collection, type Where } from './collection.ts';
import type { Documents } from './database.ts';
import type { Put } from './documents.ts';
import { MongoOpenError } from './open-error.ts';
import { openMongo, type MongoStorageOptions } from './mongo-storage.ts';
import {
  answerFrom,
  answerPut,
  feedEntryFrom,
  feedEntryIdOf,
  feedEntryPut,
  headRecordOf,
  infoFrom,
  memberFrom,
  memberIdOf,
  memberPut,
  messageFrom,
  messagePut,
  sealInfo,
} from './records.ts';
import type { CollectionName } from './schemas.ts';
import type { KeyRing } from './sealing/key-ring.ts';
import { accountFrom, accountPut, addressLookups } from './stores/accounts.ts';
import { sessionDocumentOf, sessionFrom } from './stores/sessions.ts';

type DocumentFor<N extends CollectionName> = Omit<Documents[N], '_id'>;

/** How records of one kind lie in their collection. */
interface Place<K extends ArchiveKind, N extends CollectionName = CollectionName> {
  collection: N;
  /** What of the collection is of this kind; missing: everything. */
  where?: Where;
  idOf(record: ArchiveRecords[K]): string;
  documentOf(ring: KeyRing, record: ArchiveRecords[K]): DocumentFor<N>;
  recordFrom(ring: KeyRing, document: Documents[N]): ArchiveRecords[K] | null;
}

/** The step of everything that was copied: its head's first, with nothing pending. */
const first = { step: 1 } as const;
const firstHead = { ...first, token: '' } as const;

function place<K extends ArchiveKind, N extends CollectionName>(table: Place<K, N>): Place<K> {
  return table as unknown as Place<K>;
}

const placed = <D>({ set }: Put): D => ({ ...first, ...set }) as D;

const places: { [K in ArchiveKind]: Place<K> } = {
  account: place<'account', 'accounts'>({
    collection: 'accounts',
    idOf: ({ userId }) => userId,
    documentOf: (ring, account) => placed(accountPut(ring, account)),
    recordFrom: accountFrom,
  }),
  session: place<'session', 'sessions'>({
    collection: 'sessions',
    idOf: ({ sessionId }) => sessionId,
    documentOf(ring, session) {
      const { _id, ...document } = sessionDocumentOf(ring, session);
      return document;
    },
    recordFrom: sessionFrom,
  }),
  conversation: place<'conversation', 'conversations'>({
    collection: 'conversations',
    idOf: ({ conversationId }) => conversationId,
    documentOf: (ring, { conversationId, head, info }) => ({
      ...firstHead,
      ...head,
      // What was edited before is not told: catch-up looks for it.
      editRev: head.rev,
      infoRev: info.rev,
      info: sealInfo(ring, conversationId, info),
    }),
    recordFrom: (ring, document) => ({
      conversationId: document._id,
      head: headRecordOf(document),
      info: infoFrom(ring, document._id, document.info),
    }),
  }),
  member: place<'member', 'members'>({
    collection: 'members',
    idOf: ({ conversationId, userId }) => memberIdOf(conversationId, userId),
    documentOf: (ring, { conversationId, ...member }) => placed(memberPut(ring, conversationId, member)),
    recordFrom: (ring, document) => ({ conversationId: document.conversation, ...memberFrom(ring, document) }),
  }),
  message: place<'message', 'intents'>({
    collection: 'intents',
    where: { head: 'conversations' },
    idOf: ({ id }) => id,
    documentOf: (ring, { conversationId, ...message }) => ({
      ...placed<DocumentFor<'intents'>>(messagePut(ring, message)),
      head: 'conversations',
      owner: conversationId,
    }),
    recordFrom(ring, document) {
      const message = messageFrom(ring, document);
      return message && { conversationId: document.owner, ...message };
    },
  }),
  marker: place<'marker', 'markers'>({
    collection: 'markers',
    idOf: ({ conversationId, userId }) => memberIdOf(conversationId, userId),
    documentOf: (_ring, { conversationId, userId, delivered, read }) => ({
      ...first,
      conversation: conversationId,
      user: userId,
      delivered,
      read,
    }),
    recordFrom: (_ring, { conversation, user, delivered, read }) => ({
      conversationId: conversation,
      userId: user,
      delivered,
      read,
    }),
  }),
  feed: place<'feed', 'feeds'>({
    collection: 'feeds',
    idOf: ({ userId }) => userId,
    documentOf: (_ring, { rev, purgedRev }) => ({ ...firstHead, rev, purgedRev }),
    recordFrom: (_ring, { _id: userId, rev, purgedRev }) => ({ userId, rev, purgedRev }),
  }),
  entry: place<'entry', 'feedEntries'>({
    collection: 'feedEntries',
    idOf: ({ userId, entry }) => feedEntryIdOf(userId, entry.kind === 'tombstone' ? entry.of : entry.kind, entry.key),
    documentOf: (ring, { userId, entry, at, sourceRev }) => ({
      ...placed<DocumentFor<'feedEntries'>>(feedEntryPut(ring, userId, entry, at)),
      sourceRev: entry.kind === 'marker' ? entry.read : sourceRev,
    }),
    recordFrom: (ring, { _id, ...document }) => ({
      userId: document.user,
      entry: feedEntryFrom(ring, _id, document),
      at: document.at,
      sourceRev: document.kind === 'marker' ? 0 : (document.sourceRev ?? 0),
    }),
  }),
  intent: place<'intent', 'intents'>({
    collection: 'intents',
    where: { head: 'feeds' },
    idOf: ({ id }) => id,
    // Under which head it was answered matters only while that is pending.
    documentOf: (ring, { at, ...intent }) => ({
      ...placed<DocumentFor<'intents'>>(answerPut(ring, intent, at)),
      head: 'feeds',
      owner: intent.accountId,
    }),
    recordFrom(ring, document) {
      const answer = answerFrom(ring, document);
      return answer && { ...answer, at: document.at ?? 0 };
    },
  }),
  throttle: place<'throttle', 'throttles'>({
    collection: 'throttles',
    idOf: ({ key }) => key,
    documentOf: (_ring, { tries, endsAt }) => ({ tries, endsAt }),
    recordFrom: (_ring, { _id: key, tries, endsAt }) => ({ key, tries, endsAt }),
  }),
};

/** A database that is new, or that an interrupted copy of the same server has begun to fill. Rejects with `MongoOpenError`. */
export async function openMongoArchive(options: MongoStorageOptions): Promise<ArchiveTarget> {
  const { parts, abandon: close } = await openMongo({ ...options, isCopyTarget: true });
  const { collections, ring } = parts;
  const { server } = collections;
  const stored = await server.findOne({ _id: 'server' });
  if (stored?.serverId !== options.mint.serverId || stored.copying === undefined) {
    await close();
    throw new MongoOpenError(
      'failed',
      'There is a server’s data in it already. Name a database that does not exist yet.',
    );
  }
  const { kind: reached, after } = stored.copying;
  const collectionOf = (of: ArchiveKind) =>
    collections[places[of].collection] as unknown as Collection<{ _id: string }>;
  return {
    progress: reached && { kind: reached, ...(after !== undefined && { after }) },
    async write(kind, records) {
      const { idOf, documentOf } = places[kind] as Place<typeof kind>;
      await collectionOf(kind).updateAll(
        records.map((record) => ({
          where: { _id: idOf(record) },
          change: { $set: documentOf(ring, record) },
          upsert: true,
        })),
      );
      if (kind !== 'account') return;
      // Who has an address is a document of its own.
      await collections.addresses.updateAll(
        (records as readonly ArchiveRecords['account'][]).map(({ email, userId }) => ({
          where: { _id: addressLookups(ring, email).at(-1) },
          change: { $set: { ...firstHead, user: userId } },
          upsert: true,
        })),
      );
    },
    keepProgress: async (copying) => void (await server.updateOne({ _id: 'server' }, { $set: { copying } })),
    count: (kind) =>
      collectionOf(kind)
        .model.countDocuments((places[kind].where ?? {}) as never)
        .exec(),
    async readSame(kind, records) {
      const { idOf, recordFrom } = places[kind] as Place<typeof kind>;
      const ids = records.map(idOf);
      const documents = await collectionOf(kind).find({ _id: anyOf(ids) });
      const found = new Map(
        documents.map((document) => [document._id, recordFrom(ring, document as never) ?? undefined]),
      );
      return ids.map((id) => found.get(id));
    },
    async clear() {
      await server.updateOne({ _id: 'server' }, { $set: { copying: {} } });
      const filled = [...new Set(Object.values(places).map(({ collection }) => collection)), 'addresses'] as const;
      for (const name of filled) await collections[name].removeAll({});
    },
    finish: async () => void (await server.updateOne({ _id: 'server' }, { $unset: { copying: 1 } })),
    close,
  };
}
