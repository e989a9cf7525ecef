// In an account that is there already, writes intents and prints the id of each when it is kept, until it is killed.
// Usage: node write-until-killed.ts <profile> <key, hexadecimal>
import { writeSync } from 'node:fs';
import { exampleIntent, putMessage } from '../../../engine/ports/testing/example-records.ts';
import { createMemoryVault } from '../secrets/memory-vault.ts';
import { openSqliteStorePort } from '../store/sqlite-local-store.ts';
import { startDatabaseWorker } from './start-database-worker.ts';

const [profilePath = '', key = ''] = process.argv.slice(2);
const secrets = createMemoryVault();
await secrets.write('database-key/a', key);
const ignore = (): void => undefined;
const port = await openSqliteStorePort({
  profilePath,
  secrets,
  startDatabaseWorker,
  log: ignore,
  onLoss: ignore,
  onUnusable: ignore,
});
const store = await port.open('a');
const { length } = await store.readAll('outbox');
for (let order = length + 1; ; order += 1) {
  const id = `i${order}`;
  await store.write([
    putMessage('c1', order),
    { table: 'outbox', key: id, value: exampleIntent(id, { order }) },
    putMessage('c2', order),
  ]);
  writeSync(1, `${id}\n`);
}
