import { v7 as mintId } from 'uuid';
import type { Host } from '../../desktop/engine/ports/host.ts';
import type { LocalStore, LocalWrite } from '../../desktop/engine/ports/local-store.ts';
import { accountKeyOf } from '../../desktop/engine/session/sign-in.ts';
import { lineEveryMs, speakerOf, textOf } from './talk.ts';

/** Nobody listens there. */
const serverAddress = 'http://localhost:1';
const messagesPerBatch = 1_000;
const otherMessages = 10;

const firstNames = ['Ines', 'Tobias', 'Gwen', 'Bartek', 'Noor', 'Samuel', 'Priya', 'Ruth', 'Birgitta', 'Yusuf'];
const lastNames = ['Duarte', 'Rehm', 'Hollis', 'Zieliński', 'Haddad', 'Okafor', 'Raman', 'Abelson', 'Ekström', 'Demir'];
/** With whom the talks are: a hundred people. */
const seededNames = lastNames.flatMap((last) => firstNames.map((first) => `${first} ${last}`));

export const fewestSeeded = seededNames.length * otherMessages;

/** What a device holds after years with Parley: read and up to date, with all that it takes to show it without a network. */
export async function seedProfile({ store: port, vault }: Pick<Host, 'store' | 'vault'>, messages: number) {
  const [userId, serverId] = [mintId(), mintId()];
  const accountKey = accountKeyOf(serverId, userId);
  const store = await port.open(accountKey);
  const me = { userId, email: 'maud@seed.example', name: 'Maud Ekström', profileVersion: 1 };
  const feed = { feedRev: seededNames.length * 2, hasCaughtUp: true };
  const server = { serverAddress, serverId, epoch: mintId() };
  await store.write([
    { table: 'account', key: 'account', value: { ...me, ...server, ...feed, deviceId: mintId() } },
    { table: 'profiles', key: userId, value: { userId, name: me.name, version: 1 } },
  ]);
  const long = messages - (fewestSeeded - otherMessages);
  for (const [index, name] of seededNames.entries())
    await seedTalk(store, userId, { index, name, messages: index === 0 ? long : otherMessages });
  await store.close();
  // Without one the app would ask for the password.
  await vault.write(accountKey, 'of no server');
}

interface Talk {
  /** Its place in the list. */
  index: number;
  name: string;
  messages: number;
}

async function seedTalk(store: LocalStore, userId: string, { index, name, messages }: Talk): Promise<void> {
  const [conversationId, peerId] = [mintId(), mintId()];
  const endedAt = Date.now() - index * 3_600_000;
  const messageAt = (seq: number) => {
    const at = endedAt - (messages - seq) * lineEveryMs;
    const authorId = speakerOf(seq) === 0 ? userId : peerId;
    return { kind: 'text' as const, id: mintId({ msecs: at }), seq, rev: seq, at, authorId, text: textOf(seq) };
  };
  for (let seq = 1; seq < messages;) {
    const batch: LocalWrite[] = [];
    for (; seq < messages && batch.length < messagesPerBatch; seq += 1)
      batch.push({ table: 'messages', conversationId, message: messageAt(seq) });
    await store.write(batch);
  }
  const lastMessage = messageAt(messages);
  const people = [userId, peerId];
  const [membershipRev, contactRev] = [index * 2 + 1, index * 2 + 2];
  await store.write([
    { table: 'messages', conversationId, message: lastMessage },
    { table: 'profiles', key: peerId, value: { userId: peerId, name, version: 1 } },
    {
      table: 'feed',
      key: `membership:${conversationId}`,
      value: {
        kind: 'membership',
        key: conversationId,
        rev: membershipRev,
        state: 'in',
        role: 'member',
        ranges: [{ fromRev: 0, fromSeq: 0 }],
      },
    },
    {
      table: 'feed',
      key: `contact:${peerId}`,
      value: {
        kind: 'contact',
        key: peerId,
        rev: contactRev,
        email: `person.${index}@seed.example`,
        directConversationId: conversationId,
      },
    },
    {
      table: 'conversations',
      key: conversationId,
      value: {
        conversationId,
        rev: messages,
        changeId: lastMessage.id,
        mrev: 1,
        seq: messages,
        holes: [],
        info: { kind: 'direct', history: 'everything', createdAt: endedAt - messages * lineEveryMs, rev: 1 },
        members: people.map((id) => ({ userId: id, role: 'member', state: 'in', rev: 1 })),
        markers: people.map((id) => ({ userId: id, delivered: messages, read: messages })),
        lastMessage,
        unread: { readSeq: messages, count: 0 },
      },
    },
    {
      table: 'markers',
      key: conversationId,
      value: { conversationId, delivered: messages, read: messages, told: messages },
    },
  ]);
}
