// Fills a data folder with two people and one long conversation, to see how Parley stands it.
// Usage: node scripts/seed-conversation.ts <data folder> [messages: 100000]
// The server must not be running on that folder. Sign in as maud@seed.example or ines@seed.example, password "a long conversation".
import { performance } from 'node:perf_hooks';
import { type SeedLine, type SeedPerson, SeedWorld } from './seeding/seed-world.ts';

const password = 'a long conversation';
const words = 'side door key hall folder noon staple bring the second third voice never before after rehearsal'.split(
  ' ',
);

/** The same text for the same number, from one word to a few lines. */
function textOf(number: number): string {
  const length = 1 + ((number * 7_919) % 31) * (number % 11 === 0 ? 3 : 1);
  const said = Array.from(
    { length },
    (_, index) => words[(number * 31 + index * 17 + ((number * index) % 7)) % words.length],
  );
  return `${number}. ${said.join(' ')}`;
}

/** Ending now, a minute and a half apart, a few lines by one of them before the other answers. */
function* talk(people: readonly [SeedPerson, SeedPerson], count: number): Generator<SeedLine> {
  const end = Date.now();
  for (let number = 1; number <= count; number += 1) {
    const by = people[Math.floor((number * 5) / 13) % 2 === 0 ? 0 : 1];
    yield { by, text: textOf(number), at: end - (count - number) * 90_000 };
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
