import { expect, test } from '@playwright/test';
import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { Told } from './ear.ts';
import { absencesOf, judgeStored, judgeTold, judgeWritten } from './verdict.ts';

const place = (seq: number) => ({ id: `m${seq}`, seq, rev: 10 * seq, at: 0, authorId: 'ann' });
const text = (seq: number, words = `3.${seq} of Ann`): ReceivedMessage => ({
  ...place(seq),
  kind: 'text',
  text: words,
});
const removed = (seq: number): ReceivedMessage => ({
  ...place(seq),
  kind: 'system',
  event: { type: 'member-removed', userId: 'ben' },
});
const added = (seq: number): ReceivedMessage => ({
  ...place(seq),
  kind: 'system',
  event: { type: 'members-added', userIds: ['ben'] },
});
const ben = { userId: 'ben', isFirst: true };
const told = (link: number, afterRev: number, rev: number, isAfterRemoval = false): Told => {
  const change = { afterRev, rev, recordRevs: [rev] };
  return { phase: 3, link, name: 'conversation.changed', conversationId: 'c', change, isAfterRemoval };
};
const wrongsOf = (findings: readonly { wrong: string }[]) => findings.map(({ wrong }) => wrong);

test('who was removed has missed what came between that and being added again', () => {
  const truth = [text(1), removed(2), text(3), added(4), text(5), removed(6)];
  expect(absencesOf(truth, ben, 'seq')).toEqual([
    { from: 3, before: 4 },
    { from: 7, before: Infinity },
  ]);
  expect(absencesOf(truth, { ...ben, isFirst: false }, 'rev')[0]).toEqual({ from: 0, before: 40 });
  const stored = truth.filter(({ seq }) => seq !== 3);
  expect(judgeStored(truth, stored, absencesOf(truth, ben, 'seq'))).toEqual([]);
  expect(wrongsOf(judgeStored(truth, truth, absencesOf(truth, ben, 'seq')))).toEqual(['heardAfterRemoval']);
});

test('what a device lacks, has twice or has elsewhere is found, with its phase', () => {
  const truth = [text(1), text(2), text(3)];
  expect(judgeStored(truth, [text(1), text(3)], [])).toMatchObject([{ wrong: 'lost', phase: 3 }]);
  expect(wrongsOf(judgeStored(truth, [...truth, { ...text(1), seq: 4 }], []))).toEqual(['duplicated']);
  const exchanged = [text(1), { ...text(3), seq: 2 }, { ...text(2), seq: 3 }];
  expect(wrongsOf(judgeStored(truth, exchanged, []))).toEqual(['reordered', 'reordered']);
});

test('D13 a change that comes again, too early, or after a removal is found', () => {
  expect(judgeTold([told(1, 1, 2), told(1, 2, 3), told(2, 1, 2)], [])).toEqual([]);
  expect(wrongsOf(judgeTold([told(1, 1, 3), told(1, 1, 2)], []))).toEqual(['reordered']);
  expect(wrongsOf(judgeTold([told(1, 1, 2)], [{ from: 2, before: 3 }]))).toEqual(['heardAfterRemoval']);
  expect(wrongsOf(judgeTold([told(1, 1, 2, true)], []))).toEqual(['heardAfterRemoval']);
});

test('D1 D7 what was written has to be there once, and in the order of writing', () => {
  const wrote = (seq: number) => ({ phase: 3, text: `3.${seq} of Ann`, messageId: `m${seq}`, author: 'Ann' });
  expect(judgeWritten([text(1), text(2)], [wrote(1), wrote(2)])).toEqual([]);
  expect(wrongsOf(judgeWritten([text(1)], [wrote(1), wrote(2)]))).toEqual(['lost']);
  expect(wrongsOf(judgeWritten([text(1), text(2, '3.1 of Ann')], [wrote(1)]))).toEqual(['duplicated']);
  expect(wrongsOf(judgeWritten([text(1), text(2)], [wrote(2), wrote(1)]))).toEqual(['reordered']);
});
