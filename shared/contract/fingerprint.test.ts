import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { errorClasses } from './errors.ts';
import { handshakeSchema } from './handshake.ts';
import { factList, operationList } from './registry.ts';
import { protocolVersion } from './version.ts';

const file = new URL('./fingerprint.json', import.meta.url);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}

const shapeOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' });
const byName = (left: { name: string }, right: { name: string }) => (left.name < right.name ? -1 : 1);

/** Everything that is said on the wire, without the words that explain it. */
function wire() {
  return sorted({
    handshake: shapeOf(handshakeSchema, 'input'),
    errors: errorClasses,
    operations: operationList.toSorted(byName).map(({ name, auth, overSocket, rest, input, output, errors }) => ({
      name,
      auth,
      overSocket,
      rest,
      errors,
      input: shapeOf(input, 'input'),
      output: shapeOf(output, 'output'),
    })),
    facts: factList.toSorted(byName).map(({ name, payload }) => ({ name, payload: shapeOf(payload, 'output') })),
  });
}

test('the wire is the one whose fingerprint is recorded', () => {
  const sha256 = createHash('sha256').update(JSON.stringify(wire())).digest('hex');
  const now = { protocol: protocolVersion.current, sha256 };
  if (process.env['PARLEY_RECORD_WIRE'] === '1') writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  expect(
    JSON.parse(readFileSync(file, 'utf8')),
    [
      'The wire has changed.',
      'Does a client or a server of the last release still understand everything (only optional fields, new operations, new facts, new codes)?',
      '  Yes: record it with PARLEY_RECORD_WIRE=1 and this test.',
      '  No: raise `current` in version.ts (and `oldestAccepted`, if the old one is served no more), say it in docs/protocol.md, then record it.',
      'Nothing has been released yet: until then, only record it.',
    ].join('\n'),
  ).toEqual(now);
});
