import type { LocalTable } from '../../../engine/ports/local-store.ts';
import type { DatabaseCalls, FlatWrite, Parts } from './database-calls.ts';
import type { Driver, Row, Statement } from './sqlite-driver.ts';

/** In characters: parsed in a millisecond or two. */
const partLength = 128 * 1024;

type Input<K extends keyof DatabaseCalls> = Omit<Parameters<DatabaseCalls[K]>[0], 'path'>;

/** What can be done with an open database. Names of tables come from the engine's own code only. */
export function createAccountDatabase(driver: Driver) {
  const statements = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = statements.get(sql) ?? driver.statement(sql);
    statements.set(sql, known);
    return known;
  };

  function carryOut(write: FlatWrite): void {
    if (write.table !== 'messages') {
      const { table, key, body } = write;
      if (body === null) statement(`DELETE FROM ${table} WHERE key = ?`).run(key);
      else {
        statement(`INSERT INTO ${table} (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body`).run(
          key,
          body,
        );
      }
      return;
    }
    const { conversationId, message } = write;
    if (message === null) statement('DELETE FROM messages WHERE conversation_id = ?').run(conversationId);
    else {
      statement(
        `INSERT INTO messages (conversation_id, seq, id, body) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET id = excluded.id, body = excluded.body`,
      ).run(conversationId, message.seq, message.id, message.body);
    }
  }

  return {
    write({ writes }: Input<'write'>): void {
      try {
        statement('BEGIN IMMEDIATE').run();
        for (const write of writes) carryOut(write);
        statement('COMMIT').run();
      } catch (error) {
        if (driver.isInTransaction()) driver.execute('ROLLBACK');
        throw error;
      }
    },

    readAll({ table }: Input<'readAll'>): Parts {
      return partsOf(statement(`SELECT body FROM ${table}`).iterate());
    },

    readMessages({ range }: Input<'readMessages'>): Parts {
      const { conversationId, fromSeq, toSeq, limit, take } = range;
      const inRange = `FROM messages WHERE conversation_id = ? AND seq BETWEEN ? AND ? ORDER BY seq`;
      const sql =
        take === 'oldest'
          ? `SELECT body ${inRange} LIMIT ?`
          : `SELECT body FROM (SELECT seq, body ${inRange} DESC LIMIT ?) ORDER BY seq`;
      return partsOf(statement(sql).iterate(conversationId, fromSeq, toSeq, limit));
    },

    findMessages({ conversationId, messageIds }: Input<'findMessages'>): Parts {
      const one = statement('SELECT body FROM messages WHERE conversation_id = ? AND id = ?');
      return partsOf([...new Set(messageIds)].flatMap((id) => [...one.iterate(conversationId, id)]));
    },

    close: () => driver.close(),
  };
}
export type AccountDatabase = ReturnType<typeof createAccountDatabase>;

function partsOf(rows: Iterable<Row>): Parts {
  const parts: Parts = [];
  let bodies: string[] = [];
  let length = 0;
  const end = (): void => {
    if (bodies.length > 0) parts.push(`[${bodies.join(',')}]`);
    bodies = [];
    length = 0;
  };
  for (const { body } of rows) {
    bodies.push(String(body));
    length += String(body).length;
    if (length >= partLength) end();
  }
  end();
  return parts;
}

/** Reads what it can of a database with damaged pages: each table from its beginning to the damage, and from its end back to it. */
export function rescueRecords(driver: Driver, tables: readonly LocalTable[]): ReturnType<DatabaseCalls['rescue']> {
  const found = new Map<string, FlatWrite>();
  let isWhole = true;
  for (const table of tables) {
    for (const direction of ['ASC', 'DESC']) {
      try {
        const rows = driver.statement(`SELECT key, body FROM ${table} ORDER BY rowid ${direction}`).iterate();
        for (const { key, body } of rows) {
          found.set(`${table} ${key}`, { table, key: String(key), body: String(body) });
        }
        break;
      } catch {
        isWhole = false;
      }
    }
  }
  return { writes: [...found.values()], isWhole };
}
