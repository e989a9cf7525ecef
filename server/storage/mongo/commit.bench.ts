// Prints how many text messages a second a MongoDB takes through this adapter, and how long one waits for its answer.
// Usage: node server/storage/mongo/commit.bench.ts <address of a MongoDB> [messages per row]
import { randomBytes } from 'node:crypto';
import { newDatabaseUrl } from '../../testing/new-database-url.ts';
import { exampleCommit, exampleInfo, exampleMessage, mintId } from '../conformance/examples.ts';
import { openMongo } from './mongo-storage.ts';

const [serverUrl = 'mongodb://127.0.0.1:27017/', perRow = '4000'] = process.argv.slice(2);
const url = newDatabaseUrl(serverUrl);
const { storage, database } = await openMongo({
  url,
  key: randomBytes(32),
  mint: { serverId: 'bench', epoch: 'bench' },
});

async function startTalk(): Promise<{ conversationId: string; rev: number }> {
  const conversationId = mintId();
  await storage.conversations.commit(exampleCommit({ conversationId, info: exampleInfo() }));
  return { conversationId, rev: 1 };
}

/** Every sender says its next when the last one is durable; the rev is foretold, as a domain that keeps the head in memory does. */
async function measure(senders: number, conversations: number): Promise<void> {
  const talks = await Promise.all(Array.from({ length: conversations }, startTalk));
  const waits: number[] = [];
  let left = Number(perRow);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: senders }, async (_, sender) => {
      const talk = talks[sender % conversations];
      while (talk !== undefined && left-- > 0) {
        const expectedRev = talk.rev++;
        const body = { kind: 'text', text: 'A message of the usual length, as people write them.' } as const;
        const message = exampleMessage({ seq: expectedRev, rev: talk.rev, body });
        const head = { rev: talk.rev, seq: expectedRev, changeId: message.id };
        const sent = performance.now();
        const commit = exampleCommit({ conversationId: talk.conversationId, expectedRev, head, messages: [message] });
        const { kind } = await storage.conversations.commit(commit);
        if (kind !== 'committed') throw new Error(`It was ${kind}`);
        waits.push(performance.now() - sent);
      }
    }),
  );
  const elapsedS = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const median = waits.toSorted((one, other) => one - other)[Math.floor(waits.length / 2)] ?? 0;
  console.log(
    `${String(senders).padStart(3)} senders in ${String(conversations).padStart(2)} conversations: ` +
      `${(waits.length / elapsedS).toFixed(0).padStart(6)} a second, ${median.toFixed(1).padStart(6)} ms median, ` +
      `${((user + system) / waits.length).toFixed(0).padStart(5)} µs CPU of this process each`,
  );
}

await measure(1, 1);
await measure(50, 50);
await measure(50, 1);
await database.connection.dropDatabase();
await storage.close();
