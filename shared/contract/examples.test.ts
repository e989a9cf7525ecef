import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type FactKey, facts, type OperationKey, operations } from './registry.ts';
import { exampleFacts, exampleOperations } from './testing/examples.ts';

/** Everything that travels, either way, with an example of it. */
const sent: [name: string, schema: z.ZodType, example: unknown][] = [
  ...(Object.keys(operations) as OperationKey[]).flatMap((key): typeof sent => [
    [`what ${key} asks`, operations[key].input, exampleOperations[key].input],
    [`what ${key} answers`, operations[key].output, exampleOperations[key].output],
  ]),
  ...(Object.keys(facts) as FactKey[]).map((key): (typeof sent)[number] => [
    `the fact ${key}`,
    facts[key].payload,
    exampleFacts[key],
  ]),
];

/** The example with another word in every object of it. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, isTable(key) ? part : withMore(part)]);
  return { ...Object.fromEntries(parts), fromTheFuture: { is: ['unknown'] } };
}
/** Its keys are names, not fields. */
const isTable = (key: string) => key === 'rates';

/** The paths of all fields, of arrays those of the first element. */
function fieldsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => fieldsOf(item, [...path, String(index)]));
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, part]) => (isTable(key) ? [] : fieldsOf(part, [...path, key])));
}

/** The example with something else at `path`. */
function replaced(value: unknown, [key, ...path]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const part = replaced((value as Record<string, unknown>)[key], path, by);
  return Array.isArray(value) ? value.with(Number(key), part) : { ...(value as object), [key]: part };
}

describe.each(sent)('%s', (_name, schema, example) => {
  test('comes out of the wire as it went in', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
  });

  test('loses what this version does not know, at any depth', () => {
    expect(schema.parse(withMore(example))).toEqual(example);
  });

  test('has no field that may be anything', () => {
    for (const path of fieldsOf(example)) {
      if (path.length === 0) continue;
      expect({ path, ok: schema.safeParse(replaced(example, path, { any: 'thing' })).success }).toEqual({
        path,
        ok: false,
      });
    }
  });
});

/** Enumerations that a reader takes word by word. */
function closedEnums(schema: z.ZodType, path: string, seen = new Set<z.ZodType>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const into = (part: z.ZodType, name: string) => closedEnums(part, `${path}.${name}`, seen);
  if (schema instanceof z.ZodEnum) return [path];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, part]) => into(part as z.ZodType, name));
  if (schema instanceof z.ZodArray) return into(schema.element as z.ZodType, '0');
  if (schema instanceof z.ZodOptional) return closedEnums(schema.unwrap() as z.ZodType, path, seen);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((part) => closedEnums(part as z.ZodType, path, seen));
  // An open one is a transformation that looks before it reads.
  return [];
}

test('an enumeration that a server tells is open, so that a newer one may tell more: see open-enum.ts', () => {
  const told = [
    ...Object.entries(operations).map(([key, { output }]) => closedEnums(output, key)),
    ...Object.entries(facts).map(([key, { payload }]) => closedEnums(payload, key)),
  ].flat();
  // A tombstone of an unknown kind is passed over like the entries of that kind.
  expect(told).toContain('syncAccount.entries.0.of');
  expect([...new Set(told.filter((path) => !path.endsWith('entries.0.of')))]).toEqual([]);
});

describe('words of a newer server', () => {
  const { info, members } = exampleOperations.syncChanges.output.records;

  test.each([
    ['a kind of conversation', { ...info, kind: 'channel' }, 'group'],
    ['a kind of history', { ...info, history: 'last-week' }, 'since-joining'],
  ])('%s reads as the one that promises least', (_what, told, expected) => {
    const records = { ...exampleOperations.syncChanges.output.records, info: told };
    const read = operations.syncChanges.output.parse({ records, rev: 3, more: false });
    expect(Object.values(read.records.info ?? {})).toContain(expected);
    expect(read.records.members).toEqual(members);
  });

  test('a role and a state of a member read as those that allow least, in the records and in the feed', () => {
    const told = { ...members?.[0], role: 'moderator', state: 'banned' };
    const page = { ...exampleOperations.getMembers.output, members: [told] };
    expect(operations.getMembers.output.parse(page).members).toMatchObject([{ role: 'member', state: 'left' }]);
    const entry = { ...exampleFacts.accountChanged.entries[0], role: 'moderator', state: 'banned' };
    const advance = { ...exampleFacts.accountChanged, entries: [entry] };
    expect(facts.accountChanged.payload.parse(advance).entries).toMatchObject([{ role: 'member', state: 'left' }]);
  });

  test('who may register is nobody where it is not known', () => {
    const told = { ...exampleOperations.describeServer.output, registration: 'by-invitation' };
    expect(operations.describeServer.output.parse(told).registration).toBe('closed');
  });

  test('what a client says is still taken word by word', () => {
    const { input } = exampleOperations.createGroup;
    expect(operations.createGroup.input.safeParse({ ...input, history: 'last-week' }).success).toBe(false);
  });
});
