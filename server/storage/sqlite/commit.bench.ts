// Prints the CPU time of a committed text message, both threads and the fsync's share included, with synchronous=FULL.
// Usage: node server/storage/sqlite/commit.bench.ts [messages per row]
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as mintId } from 'uuid';
import type { Storage } from '../port/storage.ts';
import { openSqliteStorage } from './sqlite-storage.ts';

const messagesPerRow = Number(process.argv[2] ?? 20_000);

/** Two people talking: the rev is foretold, as a domain that keeps the head in memory does. */
interface Talk {
  conversationId: string;
  people: [string, string];
  rev: number;
}

async function startTalk(storage: Storage): Promise<Talk> {
  const conversationId = mintId();
  await storage.conversations.commit({
    conversationId,
    expectedRev: 0,
    head: { rev: 1, seq: 0, changeId: mintId() },
    info: { kind: 'direct', history: 'everything', createdAt: 0, rev: 1 },
    members: [],
    messages: [],
    effects: [],
  });
  return { conversationId, people: [mintId(), mintId()], rev: 1 };
}

function say(storage: Storage, talk: Talk, authorId: string): Promise<unknown> {
  const expectedRev = talk.rev++;
  const message = { id: mintId(), seq: expectedRev, rev: talk.rev, sentRev: talk.rev, authorId, at: Date.now() };
  return storage.conversations.commit({
    conversationId: talk.conversationId,
    expectedRev,
    head: { rev: talk.rev, seq: expectedRev, changeId: message.id },
    members: [],
    messages: [{ ...message, body: { kind: 'text', text: 'A message of the usual length, as people write them.' } }],
    effects: [],
  });
}

/** Every sender says its next when the last one is durable. */
async function sendAll(storage: Storage, talks: Talk[], senders: number, messages: number): Promise<void> {
  let left = messages;
  const sender = async (index: number) => {
    const talk = talks[index % talks.length];
    if (talk === undefined) return;
    while (left-- > 0) await say(storage, talk, talk.people[index % 2 === 0 ? 0 : 1]);
  };
  await Promise.all(Array.from({ length: senders }, (_, index) => sender(index)));
}

async function measure(senders: number, conversations: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const mint = { serverId: mintId(), epoch: mintId() };
  const storage = await openSqliteStorage({ path: join(folder, 'parley.db'), key: randomBytes(32), mint });
  const talks = await Promise.all(Array.from({ length: conversations }, () => startTalk(storage)));
  const messages = senders === 1 ? Math.ceil(messagesPerRow / 10) : messagesPerRow;
  await sendAll(storage, talks, senders, Math.ceil(messages / 10));
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await sendAll(storage, talks, senders, messages);
  const { user, system } = process.cpuUsage(cpu);
  const elapsedUs = (performance.now() - begun) * 1000;
  await storage.close();
  rmSync(folder, { recursive: true });
  const each = (us: number) => (us / messages).toFixed(1).padStart(7);
  console.log(
    `${String(senders).padStart(3)} senders in ${String(conversations).padStart(2)} conversations:` +
      `${each(user + system)} µs CPU a message (${each(user)} user,${each(system)} system),${each(elapsedUs)} µs elapsed`,
  );
}

await measure(1, 1);
await measure(8, 4);
await measure(50, 25);
await measure(50, 1);
