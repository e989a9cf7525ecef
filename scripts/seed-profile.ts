// Fills a profile of the desktop app as if somebody had used it for years: a hundred conversations, nearly all messages in the first.
// Usage: node scripts/seed-profile.ts <profile folder> [messages: 100000]
// The app must not be running on that folder. The keys go into the keychain of this desktop session.
import { performance } from 'node:perf_hooks';
import { openProfile } from './seeding/open-profile.ts';
import { fewestSeeded, seedProfile } from './seeding/seed-profile.ts';

const [profilePath, countText = '100000'] = process.argv.slice(2);
const count = Number(countText);
if (profilePath === undefined || !Number.isInteger(count) || count < fewestSeeded) {
  console.error(`Usage: node scripts/seed-profile.ts <profile folder> [messages: 100000, at least ${fewestSeeded}]`);
  process.exit(2);
}

const begun = performance.now();
const host = await openProfile(profilePath);
await seedProfile(host, count);
await host.close();
console.log(`${count} messages in ${((performance.now() - begun) / 1_000).toFixed(1)} s: ${profilePath}`);
