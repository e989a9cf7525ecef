// One start of the host over this system's own keychain: tells what it finds, and with a token keeps it first.
// Usage: node keep-and-tell.ts <profile> [token]
import { putDraft } from '../../../engine/ports/testing/example-records.ts';
import { createElectronHost } from '../create-electron-host.ts';
import type { LocalLoss } from '../store/sqlite-local-store.ts';
import { startDatabaseWorker } from './start-database-worker.ts';

const [profilePath = '', token] = process.argv.slice(2);
const losses: LocalLoss[] = [];
const host = await createElectronHost({
  profilePath,
  keychainService: 'Parley test',
  deviceName: 'test device',
  connectivity: { isOnline: () => true, onChange: () => () => undefined },
  startDatabaseWorker,
  log: () => undefined,
  onLoss: (loss) => losses.push(loss),
  onUnusable: () => undefined,
});
if (token !== undefined) {
  await host.vault.write('s1/u1', token);
  const store = await host.store.open('s1/u1');
  await store.write([putDraft('c1', token)]);
  await store.close();
}
const accounts = await host.store.list();
const drafts = [];
for (const account of accounts) drafts.push(...(await (await host.store.open(account)).readAll('drafts')));
console.log(
  JSON.stringify({
    keeping: host.secretKeeping,
    accounts,
    drafts: drafts.map(({ text }) => text),
    token: await host.vault.read('s1/u1'),
    losses: losses.map(({ cause }) => cause),
  }),
);
await host.close();
