import type { IntentRecord } from '../../port/records.ts';
import type { Database } from '../database.ts';
import type { MessageRows } from './message-rows.ts';

export interface Intents {
  find(intentId: string): IntentRecord | null;
  /** Recorded here, or the id of a message: one id is one act. */
  isTaken(intentId: string): boolean;
  record(intent: IntentRecord, at: number): void;
  /** Answers how many it forgot. */
  forget(before: number, limit: number): number;
}

export function createIntents(database: Database, messages: Pick<MessageRows, 'has'>): Intents {
  const find = database.statement('SELECT id, account_id, answer FROM intent WHERE id = ?');
  const has = database.statement('SELECT 1 FROM intent WHERE id = ?');
  const record = database.statement('INSERT INTO intent (id, account_id, answer, at) VALUES (?, ?, ?, ?)');
  const forget = database.statement(
    'DELETE FROM intent WHERE id IN (SELECT id FROM intent WHERE at < ? ORDER BY at LIMIT ?)',
  );
  return {
    find(intentId) {
      const row = find.get(intentId);
      if (row === undefined) return null;
      return { id: String(row['id']), accountId: String(row['account_id']), answer: JSON.parse(String(row['answer'])) };
    },
    isTaken: (intentId) => messages.has(intentId) || has.get(intentId) !== undefined,
    record: ({ id, accountId, answer }, at) => void record.run(id, accountId, JSON.stringify(answer ?? null), at),
    forget: (before, limit) => forget.run(before, limit),
  };
}
