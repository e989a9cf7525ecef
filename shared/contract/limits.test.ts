import { describe, expect, test } from 'vitest';
import { wireLimits as limits } from './limits.ts';
import { type OperationKey, operations } from './registry.ts';
import { exampleId, exampleOperations } from './testing/examples.ts';

const words = (chars: number) => 'x'.repeat(chars);
const ids = (count: number) => Array.from({ length: count }, (_, index) => exampleId(index));
const emailOf = (chars: number) => {
  const domain = `${'sub.'.repeat(50)}example.org`;
  return `${words(chars - domain.length - 1)}@${domain}`;
};
const cursor = exampleOperations.syncConversations.input.cursors[0];
const move = exampleOperations.moveMarkers.input.moves[0];
const fill = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

/** Fields with a limit: what is just allowed, and what no longer is. */
const edges: [key: OperationKey, field: string, allowed: unknown[], refused: unknown[]][] = [
  ['register', 'name', ['x', words(limits.nameMaxChars)], ['', ' \n', words(limits.nameMaxChars + 1)]],
  [
    'register',
    'email',
    [emailOf(limits.emailMaxChars), ' Ann@Example.org '],
    [emailOf(limits.emailMaxChars + 1), 'ann', ''],
  ],
  ['login', 'email', ['not an address'], [words(limits.emailMaxChars + 1)]],
  ['updateProfile', 'name', [words(limits.nameMaxChars)], ['\t', words(limits.nameMaxChars + 1)]],
  ['addContact', 'alias', [words(limits.nameMaxChars)], ['', words(limits.nameMaxChars + 1)]],
  ['createGroup', 'title', [words(limits.titleMaxChars)], ['', ' ', words(limits.titleMaxChars + 1)]],
  ['createGroup', 'memberIds', [[], ids(limits.membersPerChange)], [ids(limits.membersPerChange + 1), ['Ben']]],
  ['addMembers', 'userIds', [ids(1), ids(limits.membersPerChange)], [[], ids(limits.membersPerChange + 1)]],
  ['sendMessage', 'text', ['x', words(limits.messageMaxChars)], ['', ' \n\t ', words(limits.messageMaxChars + 1)]],
  ['sendMessage', 'readUpTo', [0, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, '1']],
  ['putDraft', 'text', ['', words(limits.draftMaxChars)], [words(limits.draftMaxChars + 1)]],
  ['pageMessages', 'limit', [1, '1', limits.pageMaxMessages], [0, limits.pageMaxMessages + 1, 1.5, 'many']],
  ['countReceipts', 'seqs', [[0], fill(limits.receiptsMaxMessages, 1)], [[], fill(limits.receiptsMaxMessages + 1, 1)]],
  ['moveMarkers', 'moves', [[move], fill(100, move)], [[], fill(101, move)]],
  [
    'getProfiles',
    'people',
    [[], ids(limits.profilesMaxPeople).map((userId) => ({ userId }))],
    [ids(limits.profilesMaxPeople + 1).map((userId) => ({ userId }))],
  ],
  ['watchPresence', 'userIds', [[], ids(limits.presenceMaxPeople)], [ids(limits.presenceMaxPeople + 1)]],
  [
    'syncConversations',
    'cursors',
    [[], fill(limits.cursorsPerSync, cursor)],
    [fill(limits.cursorsPerSync + 1, cursor)],
  ],
];

test.each(edges)('%s takes %s up to its edge and no further', (key, field, allowed, refused) => {
  const takes = (value: unknown) =>
    operations[key].input.safeParse({ ...exampleOperations[key].input, [field]: value }).success;
  expect(allowed.map(takes)).toEqual(allowed.map(() => true));
  expect(refused.map(takes)).toEqual(refused.map(() => false));
});

test('a page is asked for from one end', () => {
  const takes = (place: object) =>
    operations.pageMessages.input.safeParse({ conversationId: exampleId(1), ...place }).success;
  expect([takes({}), takes({ before: 1 }), takes({ after: 1 }), takes({ before: 9, after: 1 })]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

describe('ids', () => {
  const version = (digit: number) => `0197a000-0000-${digit}000-8000-000000000001`;
  const intents = (Object.keys(operations) as OperationKey[]).filter((key) => 'id' in exampleOperations[key].input);

  test.each(intents)('D1 %s takes the id of an intent, which is of version 7', (key) => {
    const takes = (id: unknown) => operations[key].input.safeParse({ ...exampleOperations[key].input, id }).success;
    expect([7, 1, 4, 8].map((digit) => takes(version(digit)))).toEqual([true, false, false, false]);
    expect([version(7).toUpperCase(), `${version(7)}\n`, '', undefined].map(takes)).toEqual(fill(4, false));
  });

  test('a conversation may have an id of version 8, which is that of two people', () => {
    const { input } = operations.setTyping;
    expect(input.safeParse({ conversationId: version(8), isTyping: true }).success).toBe(true);
    expect(input.safeParse({ conversationId: version(9), isTyping: true }).success).toBe(false);
  });
});
