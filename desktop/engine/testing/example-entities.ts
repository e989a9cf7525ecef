import type { TextMessage } from '@parley/shared/contract/entities/message.ts';
import type { MembershipEntry } from '@parley/shared/contract/entities/feed.ts';
import type { Hello } from '../connection/connection.ts';

/** An id that says what it stands for: ids of one series differ in their last digits. */
export function exampleId(series: number, number: number): string {
  const tail = series.toString(16).padStart(4, '0') + number.toString(16).padStart(8, '0');
  return `00000000-0000-7000-8000-${tail}`;
}

export const me = exampleId(1, 1);
export const ines = exampleId(1, 2);
export const noor = exampleId(1, 3);
export const choir = exampleId(2, 1);
export const orchestra = exampleId(2, 2);
export const serverId = exampleId(3, 1);
export const epoch = exampleId(3, 2);

export function messageId(seq: number): string {
  return exampleId(5, seq);
}

/** A message by somebody else, whose rev is its seq. */
export function message(seq: number, about: Partial<TextMessage> = {}): TextMessage {
  return {
    id: messageId(seq),
    seq,
    rev: seq,
    at: 1_000 + seq,
    authorId: ines,
    kind: 'text',
    text: `text ${seq}`,
    ...about,
  };
}

export function messages(fromSeq: number, toSeq: number): TextMessage[] {
  return Array.from({ length: Math.max(0, toSeq - fromSeq + 1) }, (_, index) => message(fromSeq + index));
}

/** I am in, and see everything. */
export function membership(conversationId: string, about: Partial<MembershipEntry> = {}): MembershipEntry {
  return {
    kind: 'membership',
    key: conversationId,
    rev: 1,
    state: 'in',
    role: 'member',
    ranges: [{ fromRev: 1, fromSeq: 1 }],
    ...about,
  };
}

export function hello(about: Partial<Hello> = {}): Hello {
  return {
    serverId,
    epoch,
    protocol: { current: 1, oldestAccepted: 1 },
    limits: { maxGroupMembers: 1_000, messageMaxChars: 20_000, rates: {} },
    account: { profile: { userId: me, name: 'Maud', version: 1 }, email: 'maud@example.org' },
    sessionId: exampleId(3, 3),
    ...about,
  };
}
