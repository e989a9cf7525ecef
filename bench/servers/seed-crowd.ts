import { randomBytes } from 'node:crypto';
import { v7 as mintId } from 'uuid';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import type { ServerConfig } from '@parley/server/config/server-config.ts';
import { createAccessTokens } from '@parley/server/crypto/access-tokens.ts';
import { directConversationId } from '@parley/server/crypto/direct-conversation-id.ts';
import type { AccountRecord, MemberRecord, SessionRecord } from '@parley/server/storage/port/records.ts';
import type { Storage } from '@parley/server/storage/port/storage.ts';
import type { CrowdOptions, Person } from './crowd.ts';

function accountAt(index: number, at: number): AccountRecord {
  const email = `person.${index}@example.org`;
  return { userId: mintId(), email, passwordHash: 'none', name: `Person ${index}`, profileVersion: 1, createdAt: at };
}

function sessionOf(userId: string, at: number): SessionRecord {
  return {
    sessionId: mintId(),
    userId,
    deviceId: mintId(),
    deviceName: 'bench',
    keeps: 'token',
    createdAt: at,
    lastSeenAt: at,
    seed: randomBytes(32).toString('base64url'),
    generation: 1,
    rotatedAt: at,
  };
}

async function foundConversation(
  storage: Storage,
  kind: 'direct' | 'group',
  conversationId: string,
  userIds: readonly string[],
  at: number,
): Promise<void> {
  const members = userIds.map((userId): MemberRecord => {
    return { userId, role: 'member', state: 'in', ranges: [{ fromRev: 0, fromSeq: 0 }], rev: 1 };
  });
  await storage.conversations.commit({
    conversationId,
    expectedRev: 0,
    head: { rev: 1, seq: 0, changeId: mintId() },
    info: { kind, history: 'everything', createdAt: at, rev: 1, ...(kind === 'group' && { title: 'Everybody' }) },
    members,
    messages: [],
    effects: members.map(({ userId, role, state, ranges }) => ({
      userId,
      sourceRev: 1,
      entry: { kind: 'membership', key: conversationId, state, role, ranges },
    })),
  });
}

/**
 * People with accounts, sessions and conversations, written past the server: registering a thousand people costs minutes of bcrypt
 * and measures nothing. Answers with tokens the server accepts.
 */
export async function seedCrowd(storage: Storage, config: ServerConfig, options: CrowdOptions): Promise<Person[]> {
  const at = Date.now();
  const tokens = createAccessTokens(config.secrets.accessTokenKeys, storage.identity.serverId);
  const sessions = await Promise.all(
    Array.from({ length: options.people }, async (_, index) => {
      const account = accountAt(index, at);
      const session = sessionOf(account.userId, at);
      await Promise.all([storage.accounts.create(account), storage.sessions.create(session)]);
      return session;
    }),
  );
  const userIds = sessions.map(({ userId }) => userId);
  const groups = options.layout === 'group' ? [userIds] : pairsOf(userIds);
  const conversationIds = await Promise.all(
    groups.map(async (group) => {
      const [one = '', other = ''] = group;
      const isGroup = options.layout === 'group';
      const conversationId = isGroup ? mintId() : directConversationId(one, other);
      await foundConversation(storage, isGroup ? 'group' : 'direct', conversationId, group, at);
      return conversationId;
    }),
  );
  return sessions.map((session, index) => ({
    auth: { token: tokens.sign(session, at), protocol: protocolVersion },
    userId: session.userId,
    conversationId: conversationIds[options.layout === 'group' ? 0 : Math.floor(index / 2)] ?? '',
  }));
}

function pairsOf(userIds: readonly string[]): string[][] {
  return Array.from({ length: Math.floor(userIds.length / 2) }, (_, index) => userIds.slice(index * 2, index * 2 + 2));
}
