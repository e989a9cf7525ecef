// Fills a data folder with two people and one long conversation, to see how Parley stands it.
// Usage: node scripts/seed-conversation.ts <data folder> [messages: 100000]
// The server must not be running on that folder. Sign in as maud@seed.example or ines@seed.example, password "a long conversation".
import { performance } from 'node:perf_hooks';
import { type SeedLine, type SeedPerson, SeedWorld } from './seeding/seed-world.ts';
import { lineEveryMs, speakerOf, textOf } from './seeding/talk.ts';

const password = 'a long conversation';
/** Ending now, a minute and a half apart, a few lines by one of them before the other answers. */
function* talk(people: readonly [SeedPerson, SeedPerson], count: number): Generator<SeedLine> {
  const end = Date.now();
  for (let number = 1; number <= count; number += 1) {
    yield { by: people[speakerOf(number)], text: textOf(number), at: end - (count - number) * lineEveryMs };
  }
}

const [dataDir, countText = '100000'] = process.argv.slice(2);
const count = Number(countText);
if (dataDir === undefined || !Number.isInteger(count) || count < 1) {
  console.error('Usage: node scripts/seed-conversation.ts <data folder> [messages: 100000]');
  process.exit(2);
}

const begun = performance.now();
const world = await SeedWorld.open(dataDir);
const maud = await world.addPerson({ name: 'Maud Ekström', email: 'maud@seed.example', password });
const ines = await world.addPerson({ name: 'Ines Duarte', email: 'ines@seed.example', password });
await world.addContact(maud, ines);
await world.addContact(ines, maud);
await world.addConversation({ members: [maud, ines], lines: talk([maud, ines], count) });
await world.close();
const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
console.log(
  `${count} messages between ${maud.email} and ${ines.email} (password "${password}") in ${seconds} s: ${dataDir}`,
);
