import { v7 as mintUuid } from 'uuid';
import type { Reply } from '@parley/shared/contract/reply.ts';
import { operations, type OperationKey, type Operations } from '@parley/shared/contract/registry.ts';
import type { InputOf } from '@parley/shared/contract/define.ts';
import type { TestServer } from './start-test-server.ts';
import { newcomer, personFrom, type SignedInAnswer } from './test-person.ts';

/** Words that stand for what people write, and that no log may hold. */
export const canaries = {
  name: 'canary-name',
  title: 'canary-title',
  text: 'canary-text',
  draft: 'canary-draft',
  alias: 'canary-alias',
  password: 'canary-password-0815',
  email: 'canary.address@example.org',
} as const;

export interface Conducted {
  /** Every answer to every request, by the request's name. */
  replies: [name: string, reply: Reply<unknown>][];
  /** Every fact anybody heard. */
  facts: [name: string, payload: unknown][];
  /** What may not be logged: the canaries and all tokens. */
  secrets: string[];
}

type SocketKey = { [K in OperationKey]: Operations[K]['overSocket'] extends true ? K : never }[OperationKey];

/** Two people who make every request there is, with words that are easy to find again. */
export async function makeEveryRequest(server: TestServer): Promise<Conducted> {
  const replies: Conducted['replies'] = [];
  const post = async (key: OperationKey, path: string, body: unknown, token?: string) => {
    const { reply } = await server.call(path, { body, ...(token === undefined ? {} : { token }) });
    replies.push([operations[key].name, reply]);
    return reply;
  };
  const sent = { ...newcomer(canaries.name), email: canaries.email, password: canaries.password };
  const registered = await post('register', '/api/auth/register', sent);
  if (!registered.ok) throw new Error(`Registering was refused: ${registered.error.code}`);
  const ann = personFrom(sent, registered.data as unknown as SignedInAnswer);
  await post('register', '/api/auth/register', sent);
  await post('login', '/api/auth/login', { ...sent, password: `${canaries.password}-wrong` });
  await post('login', '/api/auth/login', { ...sent, device: newcomer().device });
  const refreshed = await post('refresh', '/api/auth/refresh', { refreshToken: ann.refreshToken });
  for (const path of ['/api/server', '/health/live', '/health/ready'])
    replies.push([path, (await server.call(path)).reply]);

  const ben = await server.register('Ben');
  const [a, b] = [await server.connect(ann), await server.connect(ben)];
  async function ask<K extends SocketKey>(key: K, input: InputOf<Operations[K]>): Promise<Record<string, unknown>> {
    const reply: Reply<unknown> = await a.ask(key, input);
    replies.push([operations[key].name, reply]);
    return reply.ok ? (reply.data as Record<string, unknown>) : {};
  }
  const groupId = mintUuid();
  await ask('hello', {});
  await ask('getAccount', {});
  await ask('updateProfile', { id: mintUuid(), name: canaries.name });
  await ask('addContact', { id: mintUuid(), email: ben.email, alias: canaries.alias });
  await ask('renameContact', { id: mintUuid(), userId: ben.userId, alias: canaries.alias });
  const direct = String((await ask('openDirect', { userId: ben.userId }))['conversationId']);
  await ask('sendMessage', { id: mintUuid(), conversationId: direct, directWith: ben.userId, text: canaries.text });
  await ask('createGroup', { id: groupId, title: canaries.title, memberIds: [ben.userId] });
  await ask('renameGroup', { id: mintUuid(), conversationId: groupId, title: canaries.title });
  await ask('sendMessage', { id: mintUuid(), conversationId: groupId, text: canaries.text });
  await ask('pageMessages', { conversationId: groupId });
  await ask('countReceipts', { conversationId: groupId, seqs: [1] });
  await ask('moveMarkers', { moves: [{ conversationId: groupId, delivered: 1, read: 1 }] });
  await ask('putDraft', { id: mintUuid(), conversationId: groupId, text: canaries.draft, baseVersion: 0 });
  await ask('putNotices', { id: mintUuid(), conversationId: groupId, choice: 'nothing', mutedUntil: 0 });
  await ask('listConversations', {});
  await ask('getMembers', { conversationId: groupId });
  await ask('getProfiles', { people: [{ userId: ben.userId }] });
  await ask('watchPresence', { userIds: [ben.userId] });
  await ask('setTyping', { conversationId: groupId, isTyping: true });
  await ask('syncAccount', { rev: 0 });
  await ask('syncConversations', { cursors: [{ conversationId: groupId, rev: 0, mrev: 0, seq: 0 }] });
  await ask('syncChanges', { conversationId: groupId, afterRev: 0, throughRev: 1, throughSeq: 1 });
  await ask('checkSync', { accountRev: 0, sums: { conversations: 0, revs: 0, mrevs: 0 } });
  await ask('removeMember', { id: mintUuid(), conversationId: groupId, userId: ben.userId });
  await ask('addMembers', { id: mintUuid(), conversationId: groupId, userIds: [ben.userId] });
  await ask('leaveGroup', { id: mintUuid(), conversationId: groupId });
  await ask('removeContact', { id: mintUuid(), userId: ben.userId });
  await ask('listSessions', {});
  await ask('revokeSession', { sessionId: (await server.signIn(ann)).sessionId });
  await ask('revokeSession', { sessionId: ben.sessionId });
  // The answer to this comes after whatever Ben was told before it.
  await b.demand('hello', {});
  await post('logout', '/api/auth/logout', {}, ann.accessToken);
  await a.closed;

  const facts = [a, b].flatMap((socket) => socket.heard.map(({ name, payload }): [string, unknown] => [name, payload]));
  const later = refreshed.ok ? Object.values(refreshed.data['tokens'] as object).map(String) : [];
  const tokens = [ann, ben].flatMap(({ accessToken, refreshToken, password, email }) => [
    accessToken,
    refreshToken,
    password,
    email,
  ]);
  return {
    replies,
    facts,
    secrets: [...Object.values(canaries), ...tokens, ...later.filter((token) => token.length > 20)],
  };
}
