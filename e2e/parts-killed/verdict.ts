import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { Told } from './ear.ts';

/** `late`: was not with everybody when it should have been long ago; it may have come since. */
export const wrongs = ['lost', 'duplicated', 'reordered', 'heardAfterRemoval', 'late'] as const;
export type Wrong = (typeof wrongs)[number];

/** Something that must not be. Where it is not known in which phase it came about, that is left out. */
export interface Finding {
  wrong: Wrong;
  what: string;
  phase?: number;
}

/** Seqs, or revs, of what was done while somebody was not in. */
export interface Absence {
  from: number;
  /** Outside. */
  before: number;
}

/** For who is removed the message that says so is the last one; for who is added, the one that says so is the first. */
export function absencesOf(
  truth: readonly ReceivedMessage[],
  { userId, isFirst }: { userId: string; isFirst: boolean },
  by: 'seq' | 'rev',
): Absence[] {
  const absences: Absence[] = [];
  let from = isFirst ? undefined : 0;
  for (const message of truth) {
    if (message.kind !== 'system') continue;
    const { event } = message;
    if (event.type === 'members-added' && event.userIds.includes(userId) && from !== undefined) {
      absences.push({ from, before: message[by] });
      from = undefined;
    }
    if (event.type === 'member-removed' && event.userId === userId) from ??= message[by] + 1;
  }
  return from === undefined ? absences : [...absences, { from, before: Infinity }];
}

/** What a device has stored of a conversation, beside the truth. */
export function judgeStored(
  truth: readonly ReceivedMessage[],
  stored: readonly ReceivedMessage[],
  absences: readonly Absence[],
): Finding[] {
  const findings: Finding[] = [];
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  const ids = new Set<string>();
  for (const message of stored) {
    if (ids.has(message.id)) findings.push(about('duplicated', message));
    ids.add(message.id);
    if (isWithin(absences, message.seq) && message.kind !== 'stub') findings.push(about('heardAfterRemoval', message));
  }
  for (const message of truth) {
    if (isWithin(absences, message.seq) || bySeq.get(message.seq)?.id === message.id) continue;
    findings.push(about(ids.has(message.id) || bySeq.has(message.seq) ? 'reordered' : 'lost', message));
  }
  return findings;
}

/** What a device was told of a conversation. D13: on one connection, each change follows the one before; nothing follows a removal. */
export function judgeTold(told: readonly Told[], absences: readonly Absence[]): Finding[] {
  const findings: Finding[] = [];
  let last: { link: number; rev: number } | undefined;
  for (const one of told) {
    const { change, phase, link } = one;
    const isOfAbsence = change && [change.rev, ...change.recordRevs].some((rev) => isWithin(absences, rev));
    const what = `told ${JSON.stringify(one)}`;
    if (isOfAbsence === true || one.isAfterRemoval) findings.push({ wrong: 'heardAfterRemoval', phase, what });
    if (change === undefined) continue;
    if (last?.link === link && last.rev > change.afterRev) findings.push({ wrong: 'reordered', phase, what });
    last = { link, rev: change.rev };
  }
  return findings;
}

/** Something that was not refused. */
export interface Wrote {
  phase: number;
  text: string;
  messageId: string;
  author: string;
}

/** D1, D7: what people wrote is there once, under the id it had, and what one of them wrote is there in the order of writing. */
export function judgeWritten(truth: readonly ReceivedMessage[], written: readonly Wrote[]): Finding[] {
  const findings: Finding[] = [];
  const texts = Map.groupBy(
    truth.filter((message) => message.kind === 'text'),
    ({ text }) => text,
  );
  const lastOf = new Map<string, number>();
  for (const { phase, text, messageId, author } of written) {
    const copies = texts.get(text) ?? [];
    if (!copies.some(({ id }) => id === messageId))
      findings.push({ wrong: 'lost', phase, what: `"${text}" is nowhere` });
    if (copies.length > 1)
      findings.push({ wrong: 'duplicated', phase, what: `"${text}" is there ${copies.length} times` });
    const seq = copies[0]?.seq ?? Infinity;
    if (seq < (lastOf.get(author) ?? 0)) findings.push({ wrong: 'reordered', phase, what: `"${text}" came too early` });
    if (seq !== Infinity) lastOf.set(author, seq);
  }
  return findings;
}

const isWithin = (absences: readonly Absence[], at: number) =>
  absences.some(({ from, before }) => at >= from && at < before);

/** Texts begin with the number of their phase. */
function about(wrong: Wrong, message: ReceivedMessage): Finding {
  if (message.kind !== 'text') return { wrong, what: `${message.kind} at ${message.seq}` };
  return { wrong, what: `"${message.text}" at ${message.seq}`, phase: Number.parseInt(message.text, 10) };
}
