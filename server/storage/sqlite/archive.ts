import type { ArchiveCursor, ArchiveKind, ArchiveRecords, ArchiveSource } from '../port/archive.ts';
import type { IntentRecord } from '../port/records.ts';
import { type Database, type Row } from './database.ts';
import { SqliteOpenError } from './open-error.ts';
import { accountFrom } from './operations/accounts.ts';
import { sessionFrom } from './operations/sessions.ts';
import { prepareDatabase } from './prepare-database.ts';
import { feedEntryFrom, infoFrom, memberFrom, messageFrom } from './rows.ts';
import { openSqliteStorage, type SqliteStorageOptions } from './sqlite-storage.ts';

interface Table<R> {
  /** Where they lie; each row of each is one record. */
  lies: readonly string[];
  /** Columns and table, without conditions. */
  rows: string;
  /** Columns that tell the rows apart, in the order they are read in. */
  key: readonly string[];
  record(row: Row): R;
}

const ofConversation = (table: string) =>
  `SELECT ${table}.*, conversation.id AS conversation_id FROM ${table} JOIN conversation ON conversation.number = ${table}.conversation`;

const tables: { [K in ArchiveKind]: Table<ArchiveRecords[K]> } = {
  account: { lies: ['account'], rows: 'SELECT * FROM account', key: ['user_id'], record: accountFrom },
  session: { lies: ['session'], rows: 'SELECT * FROM session', key: ['session_id'], record: sessionFrom },
  conversation: {
    lies: ['conversation', 'conversation_info'],
    rows: `SELECT conversation.*, conversation_info.rev AS info_rev, conversation_info.body
      FROM conversation JOIN conversation_info ON conversation_info.conversation = conversation.number`,
    key: ['number'],
    record: (row) => ({
      conversationId: String(row['id']),
      head: {
        rev: Number(row['rev']),
        seq: Number(row['seq']),
        changeId: String(row['change_id']),
        mrev: Number(row['mrev']),
      },
      info: infoFrom({ rev: row['info_rev'] ?? 0, body: row['body'] ?? '' }),
    }),
  },
  member: {
    lies: ['member'],
    rows: ofConversation('member'),
    key: ['conversation', 'user_id'],
    record: (row) => ({ conversationId: String(row['conversation_id']), ...memberFrom(row) }),
  },
  message: {
    lies: ['message'],
    rows: `SELECT message.*, conversation.id AS conversation_id FROM message JOIN conversation ON conversation.number = place >> 26`,
    key: ['place'],
    record: (row) => ({ conversationId: String(row['conversation_id']), ...messageFrom(row) }),
  },
  marker: {
    lies: ['marker'],
    rows: ofConversation('marker'),
    key: ['conversation', 'user_id'],
    record: (row) => ({
      conversationId: String(row['conversation_id']),
      userId: String(row['user_id']),
      delivered: Number(row['delivered']),
      read: Number(row['read']),
    }),
  },
  feed: {
    lies: ['feed'],
    rows: 'SELECT * FROM feed',
    key: ['number'],
    record: (row) => ({
      userId: String(row['user_id']),
      rev: Number(row['rev']),
      purgedRev: Number(row['purged_rev']),
    }),
  },
  entry: {
    lies: ['feed_entry'],
    rows: 'SELECT feed_entry.*, feed.user_id FROM feed_entry JOIN feed ON feed.number = feed_entry.feed',
    key: ['feed', 'kind', 'key'],
    record: (row) => ({
      userId: String(row['user_id']),
      entry: feedEntryFrom(row),
      at: Number(row['at']),
      // How far somebody has read orders markers by itself.
      sourceRev: row['kind'] === 'marker' ? 0 : Number(row['source_rev']),
    }),
  },
  intent: {
    lies: ['intent'],
    rows: 'SELECT * FROM intent',
    key: ['id'],
    record: (row) => ({
      id: String(row['id']),
      accountId: String(row['account_id']),
      answer: JSON.parse(String(row['answer'])) as IntentRecord['answer'],
      at: Number(row['at']),
    }),
  },
  throttle: {
    lies: ['throttle'],
    rows: 'SELECT * FROM throttle',
    key: ['key'],
    record: (row) => ({ key: String(row['key']), tries: Number(row['tries']), endsAt: Number(row['ends_at']) }),
  },
};

/** Rejects with `SqliteOpenError`, also while a server has the file open, and where rows lie in it that no record tells of. */
export async function openSqliteArchive(options: SqliteStorageOptions): Promise<ArchiveSource> {
  // Brings what is pending into the tables.
  await (await openSqliteStorage(options)).close();
  const { path, key, mint } = options;
  const { database, identity } = prepareDatabase({ path, keyHex: Buffer.from(key).toString('hex'), mint });
  const strays = straysIn(database);
  if (strays.length > 0) {
    database.close();
    throw new SqliteOpenError('failed', `${path}: some rows belong to nothing (${strays.join(', ')}).`);
  }
  return {
    identity,
    count: async (kind) => countRows(database, `(${tables[kind].rows})`),
    read: async (kind, after, limit) => readFrom(database, tables[kind] as Table<never>, after, limit),
    close: async () => database.close(),
  };
}

const countRows = (database: Database, from: string): number =>
  Number(database.statement(`SELECT count(*) AS rows FROM ${from}`).get()?.['rows']);

/** Tables with rows that reading joins with nothing: a copy would leave them out. */
function straysIn(database: Database): string[] {
  return Object.values(tables).flatMap(({ lies, rows }) => {
    const told = countRows(database, `(${rows})`);
    return lies.filter((table) => countRows(database, table) !== told);
  });
}

function readFrom<R>(
  database: Database,
  { rows, key, record }: Table<R>,
  after: ArchiveCursor | undefined,
  limit: number,
): { records: R[]; last: ArchiveCursor | undefined } {
  const columns = key.join(', ');
  const behind = after === undefined ? '' : `WHERE (${columns}) > (${after.map(() => '?').join(', ')})`;
  const read = database.statement(`SELECT * FROM (${rows}) ${behind} ORDER BY ${columns} LIMIT ${limit}`);
  const found = read.all(...(after ?? []));
  const last = found.at(-1);
  return { records: found.map(record), last: last && key.map((column) => last[column] as string | number) };
}
