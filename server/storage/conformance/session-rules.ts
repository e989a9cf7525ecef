import assert from 'node:assert/strict';
import { exampleSession, mintId } from './examples.ts';
import type { Rule } from './harness.ts';

export const sessionRules: Rule[] = [
  {
    title: 'S19 of a hundred who rotate one generation one succeeds, whichever process they ask',
    async check({ storage, another }) {
      const session = exampleSession();
      await storage.sessions.create(session);
      const other = await another();
      const rotation = { sessionId: session.sessionId, expectedGeneration: 1, at: 5 };
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, turn) => (turn % 2 ? storage : other).sessions.rotate(rotation)),
      );
      assert.equal(answers.filter(Boolean).length, 1);
      assert.deepEqual(await other.sessions.read(session.sessionId), { ...session, generation: 2, rotatedAt: 5 });
    },
  },
  {
    title:
      'D13 a revoked session stays revoked: it rotates no more, is listed no more, and one call was the one that revoked it',
    async check(data) {
      const session = exampleSession();
      const { sessionId, userId } = session;
      await data.storage.sessions.create(session);
      const answers = await Promise.all([7, 8, 9].map((at) => data.storage.sessions.revoke(sessionId, at)));
      assert.equal(answers.filter(Boolean).length, 1);
      const storage = await data.restart();
      assert.equal(await storage.sessions.rotate({ sessionId, expectedGeneration: 1, at: 10 }), false);
      await storage.sessions.create(session);
      const stored = await storage.sessions.read(sessionId);
      assert.equal(typeof stored?.revokedAt, 'number');
      assert.deepEqual(await storage.sessions.listActive(userId), []);
      assert.equal(await storage.sessions.revoke(mintId(), 1), false);
    },
  },
  {
    title: 'D13 revoking all but one tells which; the active are listed newest first, and only of that account',
    async check({ storage }) {
      const userId = mintId();
      const sessions = [1, 3, 2].map((createdAt) => exampleSession({ userId, createdAt }));
      for (const session of [...sessions, exampleSession()]) await storage.sessions.create(session);
      const listed = await storage.sessions.listActive(userId);
      assert.deepEqual(
        listed.map(({ createdAt }) => createdAt),
        [3, 2, 1],
      );
      const kept = sessions[2]?.sessionId ?? '';
      const revoked = await storage.sessions.revokeAll(userId, 9, kept);
      assert.deepEqual(new Set(revoked), new Set([sessions[0]?.sessionId, sessions[1]?.sessionId]));
      assert.deepEqual(await storage.sessions.revokeAll(userId, 9, kept), []);
      assert.deepEqual(
        (await storage.sessions.listActive(userId)).map(({ sessionId }) => sessionId),
        [kept],
      );
    },
  },
  {
    title: 'D6 a session is touched forward only; told twice it is created once',
    async check({ storage }) {
      const session = exampleSession();
      await storage.sessions.create(session);
      for (const at of [2000, 1500]) await storage.sessions.touch(session.sessionId, at);
      await storage.sessions.create(session);
      assert.deepEqual(await storage.sessions.read(session.sessionId), { ...session, lastSeenAt: 2000 });
      assert.equal(await storage.sessions.read(mintId()), null);
    },
  },
];
