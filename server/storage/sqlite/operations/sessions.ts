import type { SessionRecord } from '../../port/records.ts';
import type { Database, Row } from '../database.ts';

export const sessionSql = {
  byId: 'SELECT * FROM session WHERE session_id = ?',
  active: 'SELECT * FROM session WHERE user_id = ? AND revoked_at IS NULL ORDER BY created_at DESC',
};

export function sessionFrom(row: Row): SessionRecord {
  const revokedAt = row['revoked_at'];
  return {
    sessionId: String(row['session_id']),
    userId: String(row['user_id']),
    deviceId: String(row['device_id']),
    deviceName: String(row['device_name']),
    keeps: row['keeps'] as SessionRecord['keeps'],
    createdAt: Number(row['created_at']),
    lastSeenAt: Number(row['last_seen_at']),
    seed: String(row['seed']),
    generation: Number(row['generation']),
    rotatedAt: Number(row['rotated_at']),
    ...(typeof revokedAt === 'number' && { revokedAt }),
  };
}

export function createSessionReads(database: Database) {
  const byId = database.statement(sessionSql.byId);
  const active = database.statement(sessionSql.active);
  return {
    'sessions.read': (sessionId: string): SessionRecord | null => {
      const row = byId.get(sessionId);
      return row === undefined ? null : sessionFrom(row);
    },
    'sessions.listActive': (userId: string): SessionRecord[] => active.all(userId).map(sessionFrom),
  };
}

export function createSessionWrites(database: Database) {
  const insert = database.statement(
    `INSERT INTO session (session_id, user_id, device_id, device_name, keeps, created_at, last_seen_at, seed, generation,
       rotated_at, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const rotate = database.statement(
    `UPDATE session SET generation = generation + 1, rotated_at = ?
     WHERE session_id = ? AND generation = ? AND revoked_at IS NULL`,
  );
  const touch = database.statement('UPDATE session SET last_seen_at = ? WHERE session_id = ? AND last_seen_at < ?');
  const revoke = database.statement('UPDATE session SET revoked_at = ? WHERE session_id = ? AND revoked_at IS NULL');
  const active = database.statement(sessionSql.active);
  return {
    'sessions.create': (session: SessionRecord): void =>
      void insert.run(
        session.sessionId,
        session.userId,
        session.deviceId,
        session.deviceName,
        session.keeps,
        session.createdAt,
        session.lastSeenAt,
        session.seed,
        session.generation,
        session.rotatedAt,
        session.revokedAt ?? null,
      ),
    'sessions.rotate': (rotation: { sessionId: string; expectedGeneration: number; at: number }): boolean =>
      rotate.run(rotation.at, rotation.sessionId, rotation.expectedGeneration) === 1,
    'sessions.touch': ({ sessionId, at }: { sessionId: string; at: number }): void => void touch.run(at, sessionId, at),
    'sessions.revoke': ({ sessionId, at }: { sessionId: string; at: number }): boolean =>
      revoke.run(at, sessionId) === 1,
    'sessions.revokeAll': (request: { userId: string; at: number; exceptSessionId?: string | undefined }): string[] =>
      active
        .all(request.userId)
        .map((row) => String(row['session_id']))
        .filter((sessionId) => sessionId !== request.exceptSessionId && revoke.run(request.at, sessionId) === 1),
  };
}
