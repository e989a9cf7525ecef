import type { Database } from '../database.ts';

export interface Tries {
  tries: number;
  endsAt: number;
}

export function createThrottleOperations(database: Database) {
  const find = database.statement('SELECT tries, ends_at FROM throttle WHERE key = ?');
  const put = database.statement(
    `INSERT INTO throttle (key, tries, ends_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET tries = excluded.tries, ends_at = excluded.ends_at`,
  );
  const remove = database.statement('DELETE FROM throttle WHERE key = ?');
  // Two out for one in: the table stays small without a sweep.
  const removeEnded = database.statement(
    'DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE ends_at <= ? ORDER BY ends_at LIMIT 2)',
  );
  const read = ({ key, at }: { key: string; at: number }): Tries | null => {
    const row = find.get(key);
    if (row === undefined || at >= Number(row['ends_at'])) return null;
    return { tries: Number(row['tries']), endsAt: Number(row['ends_at']) };
  };
  return {
    reads: { 'throttles.read': read },
    writes: {
      'throttles.add': ({ key, windowMs, at }: { key: string; windowMs: number; at: number }): Tries => {
        const running = read({ key, at });
        if (running === null) removeEnded.run(at);
        const next = { tries: (running?.tries ?? 0) + 1, endsAt: running?.endsAt ?? at + windowMs };
        put.run(key, next.tries, next.endsAt);
        return next;
      },
      'throttles.clear': (key: string): void => void remove.run(key),
    },
  };
}
