import type { SessionStore } from '../../port/accounts.ts';
import type { SessionRecord } from '../../port/records.ts';
import { below } from '../collection.ts';
import type { SessionDocument } from '../documents.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { StoreParts } from './store-parts.ts';

const placeOf = (sessionId: string) => `sessions|sealed|${sessionId}`;

export function sessionDocumentOf(ring: KeyRing, session: SessionRecord): SessionDocument {
  const { sessionId, userId, createdAt, lastSeenAt, generation, rotatedAt, revokedAt, ...rest } = session;
  const sealed = ring.seal(placeOf(sessionId), rest);
  const state = revokedAt === undefined ? { isActive: true } : { revokedAt };
  return { _id: sessionId, user: userId, createdAt, lastSeenAt, generation, rotatedAt, ...state, sealed };
}

export function sessionFrom(ring: KeyRing, document: SessionDocument): SessionRecord {
  const { _id: sessionId, user: userId, createdAt, lastSeenAt, generation, rotatedAt, revokedAt, sealed } = document;
  const rest = ring.open<Pick<SessionRecord, 'deviceId' | 'deviceName' | 'keeps' | 'seed'>>(placeOf(sessionId), sealed);
  const plain = { sessionId, userId, createdAt, lastSeenAt, generation, rotatedAt };
  return { ...plain, ...rest, ...(typeof revokedAt === 'number' && { revokedAt }) };
}

export function createSessionStore({ collections, ring }: StoreParts): SessionStore {
  const { sessions } = collections;
  const listActive = (userId: string) => sessions.find({ user: userId, isActive: true }, { sort: { createdAt: -1 } });
  const revoke = (sessionId: string, at: number) =>
    sessions.updateOne({ _id: sessionId, isActive: true }, { $set: { revokedAt: at }, $unset: { isActive: 1 } });

  return {
    async create(session) {
      await sessions.insert(sessionDocumentOf(ring, session));
    },
    async read(sessionId) {
      const document = await sessions.findOne({ _id: sessionId });
      return document && sessionFrom(ring, document);
    },
    listActive: async (userId) => (await listActive(userId)).map((document) => sessionFrom(ring, document)),
    rotate: ({ sessionId, expectedGeneration, at }) =>
      sessions.updateOne(
        { _id: sessionId, isActive: true, generation: expectedGeneration },
        { $set: { generation: expectedGeneration + 1, rotatedAt: at } },
      ),
    async touch(sessionId, at) {
      await sessions.updateOne({ _id: sessionId, lastSeenAt: below(at) }, { $set: { lastSeenAt: at } });
    },
    revoke,
    async revokeAll(userId, at, exceptSessionId) {
      const ids = (await listActive(userId)).map(({ _id }) => _id).filter((id) => id !== exceptSessionId);
      const revoked = await Promise.all(ids.map((id) => revoke(id, at)));
      return ids.filter((_, index) => revoked[index]);
    },
  };
}
