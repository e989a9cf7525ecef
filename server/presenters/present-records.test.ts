import { v7 as mintUuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { conversationInfoSchema, memberSchema, recordsSchema } from '@parley/shared/contract/entities/conversation.ts';
import { messageSchema } from '@parley/shared/contract/entities/message.ts';
import { accountSchema, profileSchema } from '@parley/shared/contract/entities/profile.ts';
import { sessionSchema } from '@parley/shared/contract/entities/session.ts';
import type { MessageBody, MessageRecord } from '../storage/port/records.ts';
import { presentAccount, presentSession } from './present-account.ts';
import {
  presentInfo,
  presentMember,
  presentMessage,
  presentProfile,
  presentRecords,
  presentStub,
} from './present-records.ts';

const userId = mintUuid();
/** What no record has yet, and what one may have tomorrow. */
const extra = { internal: 'not for the wire' };
const messageOf = (body: MessageBody): MessageRecord => ({
  id: mintUuid(),
  seq: 1,
  rev: 2,
  sentRev: 1,
  authorId: userId,
  at: 3,
  body: { ...body, ...extra },
  ...extra,
});
const member = {
  userId,
  role: 'member' as const,
  state: 'in' as const,
  ranges: [{ fromRev: 0, fromSeq: 0 }],
  rev: 1,
  ...extra,
};
const info = { kind: 'group' as const, title: 'Title', history: 'everything' as const, createdAt: 1, rev: 1, ...extra };
const account = {
  userId,
  email: 'ann@example.org',
  passwordHash: 'secret hash',
  name: 'Ann',
  profileVersion: 1,
  createdAt: 1,
  lastSeenAt: 2,
  ...extra,
};
const session = {
  sessionId: mintUuid(),
  userId,
  deviceId: mintUuid(),
  deviceName: 'Laptop',
  keeps: 'token' as const,
  createdAt: 1,
  lastSeenAt: 2,
  seed: 'secret seed',
  generation: 7,
  rotatedAt: 3,
  ...extra,
};

describe('S14 what is presented is what the contract names, and nothing besides', () => {
  const text = messageOf({ kind: 'text', text: 'Words', replyTo: mintUuid() });
  const cases: [what: string, schema: z.ZodType, value: unknown][] = [
    ['a text', messageSchema, presentMessage(text)],
    ['a system message', messageSchema, presentMessage(messageOf({ kind: 'system', event: { type: 'member-left' } }))],
    ['something scrubbed', messageSchema, presentMessage(messageOf({ kind: 'scrubbed' }))],
    ['a stub', messageSchema, presentStub(text)],
    ['an info', conversationInfoSchema, presentInfo(info)],
    ['a member', memberSchema, presentMember(member)],
    ['records', recordsSchema, presentRecords({ info, members: [member], messages: [presentMessage(text)] })],
    ['a profile', profileSchema, presentProfile(account)],
    ['an account', accountSchema, presentAccount(account)],
    ['a session', sessionSchema, presentSession(session, session.sessionId)],
  ];
  test.each(cases)('S14 %s', (_what, schema, value) => {
    expect(schema.parse(value)).toEqual(value);
    expect(JSON.stringify(value)).not.toMatch(/secret|internal|ranges|sentRev/);
  });

  test('D16 a stub has its place and neither words nor author', () => {
    expect(presentStub(text)).toEqual({ kind: 'stub', id: text.id, seq: 1, rev: 2 });
  });

  test('D2 what was scrubbed has no words left', () => {
    const scrubbed = { ...text, body: { kind: 'scrubbed', text: 'Words' } as MessageBody };
    expect(presentMessage(scrubbed)).toEqual({
      kind: 'scrubbed',
      id: text.id,
      seq: 1,
      rev: 2,
      at: 3,
      authorId: userId,
    });
  });

  test('what did not change is left out, not sent empty', () => {
    expect(presentRecords({ members: [], messages: [] })).toEqual({});
    const { title: _, ...untitled } = info;
    expect(presentInfo(untitled)).not.toHaveProperty('title');
  });

  test('only the session that asks is the current one', () => {
    expect(presentSession(session, session.sessionId).isCurrent).toBe(true);
    expect(presentSession(session, mintUuid()).isCurrent).toBe(false);
  });
});
