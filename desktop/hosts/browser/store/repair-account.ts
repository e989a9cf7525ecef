import type { LocalTable, StoredAccount } from '../../../engine/ports/local-store.ts';
import { type AccountDatabase, localTables, messagesOf } from './account-database.ts';
import type { Sealing } from './sealing.ts';
import { writeStrictly } from './write-strictly.ts';

interface Damage {
  table: LocalTable;
  key: string;
}

/**
 * Before anybody reads: takes away what does not open, and with it every cursor that says it is here, so that the server is asked again.
 * - A conversation whose record or a message is damaged is forgotten whole: its cursor and its holes no longer tell what is held.
 * - A damaged entry of the account feed takes the feed's cursor back to its beginning.
 * - Profiles and markers are told again by the server. A draft or an intent exists nowhere else: it is lost, and reported.
 * Messages are not opened here, there are too many; a reader that meets a damaged one marks its conversation.
 */
export async function repairAccount(
  database: AccountDatabase,
  holder: string,
  sealing: Sealing,
  log: (event: string, details: Record<string, unknown>) => void,
): Promise<void> {
  const marked = await database.getAllKeys('damaged');
  const damages = (await Promise.all(localTables.map((table) => findDamages(database, sealing, table)))).flat();
  if (marked.length === 0 && damages.length === 0) return;

  const conversations = damages.filter(({ table }) => table === 'conversations').map(({ key }) => key);
  const isFeedDamaged = damages.some(({ table }) => table === 'feed');
  const rewound = isFeedDamaged ? await rewindFeed(database, sealing) : undefined;
  await writeStrictly(database, holder, [...localTables, 'messages', 'damaged'], (transaction) => [
    ...damages.map(({ table, key }) => transaction.objectStore(table).delete(key)),
    ...marked.map((key) => transaction.objectStore('conversations').delete(key)),
    ...[...conversations, ...marked].map((key) => transaction.objectStore('messages').delete(messagesOf(key))),
    ...(rewound ? [transaction.objectStore('account').put(rewound, 'account')] : []),
    transaction.objectStore('damaged').clear(),
  ]);
  for (const table of new Set(damages.map((damage) => damage.table))) {
    log('local_records_damaged', { table, count: damages.filter((damage) => damage.table === table).length });
  }
  if (marked.length > 0) log('local_conversations_forgotten', { count: marked.length });
}

async function findDamages(database: AccountDatabase, sealing: Sealing, table: LocalTable): Promise<Damage[]> {
  const transaction = database.transaction(table);
  const [keys, records] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  const opened = await Promise.allSettled(
    keys.map(async (key, index) => sealing.open([table, key], records[index] as (typeof records)[number])),
  );
  return keys.filter((_, index) => opened[index]?.status === 'rejected').map((key) => ({ table, key }));
}

async function rewindFeed(database: AccountDatabase, sealing: Sealing) {
  const sealed = await database.get('account', 'account');
  if (!sealed) return undefined;
  try {
    const account = (await sealing.open(['account', 'account'], sealed)) as StoredAccount;
    return await sealing.seal(['account', 'account'], { ...account, feedRev: 0 } satisfies StoredAccount);
  } catch {
    // The account's record is damaged too, and taken away: it brings no cursor back.
    return undefined;
  }
}
