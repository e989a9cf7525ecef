import { operations, type OperationKey } from '@parley/shared/contract/registry.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choir, exampleId, membership, message, messageId } from '../testing/example-entities.ts';
import { readReply, Refusal } from './ask.ts';
import { survivable } from './survivable.ts';

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('what a newer server may say', () => {
  test('D3 a message of an unknown kind, and an unknown system event, keep their place', () => {
    const page = readReply('pageMessages', {
      ok: true,
      data: {
        atRev: 3,
        hasMore: false,
        extra: true,
        messages: [
          { ...message(1), reactions: [] },
          { id: messageId(2), seq: 2, rev: 2, kind: 'poll', question: '?' },
          { ...message(3), kind: 'system', event: { type: 'pinned' } },
          { kind: 'nowhere' },
        ],
      },
    });
    expect(page.messages).toEqual([
      message(1),
      { id: messageId(2), seq: 2, rev: 2, kind: 'unknown' },
      { id: messageId(3), seq: 3, rev: 3, kind: 'unknown' },
    ]);
  });

  test('D15 a feed entry of an unknown kind is passed over', () => {
    const feed = readReply('syncAccount', {
      ok: true,
      data: { entries: [{ kind: 'theme', key: 'dark', rev: 1 }, membership(choir)], rev: 2, more: false, reset: false },
    });
    expect(feed.entries).toEqual([membership(choir)]);
  });

  test('D7 an unknown code is final, so that nothing is retried for ever', () => {
    const refusal = refusalOf(() => readReply('sendMessage', { ok: false, error: { code: 'mood_too_dark' } } as never));
    expect([refusal.code, refusal.class]).toEqual(['mood_too_dark', 'final']);
  });

  test.each(['constructor', '__proto__', 'toString'])('D7 the code %s is an unknown one', (code) => {
    expect(refusalOf(() => readReply('sendMessage', { ok: false, error: { code } } as never)).class).toBe('final');
  });

  test.each([-5, '100', null, Number.NaN])('D7 %s is no time to wait', (retryAfterMs) => {
    const reply = { ok: false, error: { code: 'rate_limited', message: '', retryAfterMs } } as never;
    expect(refusalOf(() => readReply('sendMessage', reply)).retryAfterMs).toBeUndefined();
  });
});

describe('a hostile server', () => {
  const keys = Object.keys(operations) as OperationKey[];

  /** What is neither an answer of the contract nor a refusal. */
  function defectOf(key: OperationKey, reply: unknown): unknown {
    try {
      operations[key].output.parse(readReply(key, reply as never));
      return undefined;
    } catch (error) {
      return error instanceof Refusal ? undefined : error;
    }
  }

  test('whatever it replies, it is an answer of the contract or a refusal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (key, data, ok) => {
        const replies = [data, { ok, data }, { ok, error: data }, { ok, data: { messages: data, entries: data } }];
        for (const reply of replies) expect(defectOf(key, reply)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('however deep', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(refusalOf(() => readReply('getMembers', { ok: true, data: deep })).code).toBe('internal');
    const data = { profiles: [], more: deep };
    expect(readReply('getProfiles', { ok: true, data })).toEqual({ profiles: [] });
    expect(() => survivable({ messages: deep, entries: deep })).not.toThrow();
  });

  test('names that mean something to the language mean nothing here', () => {
    const data = JSON.parse(
      `{"__proto__": {"profiles": []}, "profiles": [{"userId": "${exampleId(1, 1)}"}]}`,
    ) as unknown;
    expect(refusalOf(() => readReply('getProfiles', { ok: true, data })).code).toBe('internal');
  });
});
