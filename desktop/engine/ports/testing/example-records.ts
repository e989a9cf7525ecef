import type { TextMessage } from '@parley/shared/contract/entities/message.ts';
import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { LocalWrite, StoredAccount, StoredConversation, StoredDraft, StoredIntent } from '../local-store.ts';

/** Records with what a test does not care about filled in. */
export function exampleMessage(seq: number, about: Partial<TextMessage> = {}): TextMessage {
  return { id: `m${seq}`, seq, rev: seq, at: 1_700_000_000_000, authorId: 'u1', kind: 'text', text: 'hello', ...about };
}

export function exampleConversation(
  conversationId: string,
  about: Partial<StoredConversation> = {},
): StoredConversation {
  return {
    conversationId,
    rev: 1,
    changeId: 'change',
    mrev: 0,
    seq: 1,
    holes: [],
    members: [],
    markers: [],
    unread: { readSeq: 0, count: 0 },
    ...about,
  };
}

export function exampleAccount(about: Partial<StoredAccount> = {}): StoredAccount {
  return {
    userId: 'u1',
    email: 'ada@example.org',
    name: 'Ada',
    profileVersion: 1,
    serverAddress: 'https://parley.example',
    serverId: 's1',
    epoch: 'e1',
    deviceId: 'd1',
    feedRev: 4,
    ...about,
  };
}

export function exampleDraft(conversationId: string, text: string): StoredDraft {
  return { conversationId, text, baseVersion: 1, isDirty: true };
}

export function exampleProfile(userId: string, about: Partial<Profile> = {}): Profile {
  return { userId, name: 'Ada', version: 1, ...about };
}

export function exampleIntent(id: string, about: Partial<StoredIntent> = {}): StoredIntent {
  return {
    id,
    order: 1,
    operation: 'sendMessage',
    conversationId: 'c1',
    body: { conversationId: 'c1', id, text: 'hello' },
    at: 1_700_000_000_000,
    ...about,
  };
}

export function putMessage(conversationId: string, seq: number, about: Partial<TextMessage> = {}): LocalWrite {
  return { table: 'messages', conversationId, message: exampleMessage(seq, about) };
}

export function forgetMessages(conversationId: string): LocalWrite {
  return { table: 'messages', conversationId, message: null };
}

export function putDraft(conversationId: string, text: string): LocalWrite {
  return { table: 'drafts', key: conversationId, value: exampleDraft(conversationId, text) };
}
