import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorClasses, errorClassOf, errorCodes } from './errors.ts';
import { replySchema, failure, success } from './reply.ts';
import { operations } from './registry.ts';
import { exampleOperations } from './testing/examples.ts';

const docs = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
/** The codes that the table of the protocol's description puts into a class. */
function describedAs(errorClass: string): string[] {
  const row = docs.split('\n').find((line) => line.startsWith(`| ${errorClass} |`)) ?? '';
  return [...(row.split('|')[3] ?? '').matchAll(/`(\w+)`/g)].map(([, code]) => code ?? '');
}

describe('error codes', () => {
  test.each(['retry', 'sign-in'] as const)(
    'those of class %s are the ones the protocol is described with',
    (errorClass) => {
      const codes = errorCodes.filter((code) => errorClasses[code] === errorClass);
      expect(describedAs(errorClass).toSorted()).toEqual(codes.toSorted());
    },
  );

  test('D7 all others are final, and so is one that is not known', () => {
    const passing = [...describedAs('retry'), ...describedAs('sign-in')];
    for (const code of errorCodes)
      expect([code, errorClassOf(code)]).toEqual([code, passing.includes(code) ? errorClasses[code] : 'final']);
    for (const code of ['mood_too_dark', 'constructor', '__proto__', '']) expect(errorClassOf(code)).toBe('final');
  });

  test('each is one that some operation, a connection or everything may answer', () => {
    const ofConnections = ['client_too_old', 'server_too_old', 'token_expired', 'unknown_operation', 'timeout'];
    const named = new Set<string>([
      ...Object.values(operations).flatMap(({ errors }) => [...errors]),
      ...ofConnections,
    ]);
    const general = ['unavailable', 'rate_limited', 'internal', 'invalid_request', 'payload_too_large'];
    expect(errorCodes.filter((code) => !named.has(code) && !general.includes(code))).toEqual([]);
  });
});

describe('replies', () => {
  const reply = replySchema(operations.sendMessage.output);

  test('are a success or a failure, and never both', () => {
    const { output } = exampleOperations.sendMessage;
    expect(reply.parse(success(output))).toEqual({ ok: true, data: output });
    const refused = failure('rate_limited', 'Too many requests', 1_200);
    expect(reply.parse(refused)).toEqual(refused);
    expect(reply.parse({ ...refused, data: output })).toEqual(refused);
    for (const neither of [
      {},
      { ok: true },
      { ok: false },
      { ok: true, error: refused.error },
      { ok: 'true', data: output },
    ])
      expect(reply.safeParse(neither).success).toBe(false);
  });

  test('D7 a code of a newer server is read, a wait that is none is not', () => {
    const parse = (error: object) =>
      reply.safeParse({ ok: false, error: { code: 'new_one', message: '', ...error } }).success;
    expect(parse({})).toBe(true);
    for (const retryAfterMs of [-1, 0.5, '100', null]) expect(parse({ retryAfterMs })).toBe(false);
  });

  test('say nothing of a wait where there is none', () => {
    expect(failure('not_found', 'No such message')).toEqual({
      ok: false,
      error: { code: 'not_found', message: 'No such message' },
    });
  });
});
