import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { operations, type OperationKey } from '@parley/shared/contract/registry.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { newcomer, type TestPerson } from '../testing/test-person.ts';
import type { TestSocket } from '../testing/test-socket.ts';

let server: TestServer;
let ann: TestPerson;
let socket: TestSocket;
beforeAll(async () => {
  server = await startTestServer();
  ann = await server.register('Ann');
  socket = await server.connect(ann);
});
afterAll(() => server.close());

/** What a query language would take for an order, in place of a text. */
const payloads: unknown[] = [
  { $ne: null },
  { $ne: '' },
  { $gt: '' },
  { $gte: '' },
  { $lt: '~' },
  { $in: ['a'] },
  { $nin: [] },
  { $exists: true },
  { $regex: '.*' },
  { $regex: '^', $options: 'i' },
  { $where: 'true' },
  { $expr: true },
  { $or: [{}, {}] },
  { $and: [] },
  { $not: { $eq: '' } },
  { $type: 2 },
  { $size: 1 },
  { $all: [] },
  { $elemMatch: {} },
  { $mod: [1, 0] },
  { $text: { $search: 'a' } },
  { $function: { body: 'function(){return true}' } },
  { $accumulator: {} },
  { $set: { name: 'x' } },
  { $unset: { name: 1 } },
  { $inc: { rev: 1 } },
  { $rename: { a: 'b' } },
  { $push: { a: 1 } },
  { '$.name': 'x' },
  { 'a.$.b': 1 },
  { toString: 'x' },
  { length: 36 },
  { valueOf: 1 },
  ['a', { $ne: null }],
  [],
  null,
  true,
  7,
  { __proto__: { $ne: null } },
  { constructor: { name: 'String' } },
];

/** The places of an input where a text is expected. */
function textFields(schema: z.ZodType): string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string }>;
  };
  return Object.entries(properties).flatMap(([name, { type }]) => (type === 'string' ? [name] : []));
}

const overSocket = (Object.keys(operations) as OperationKey[]).filter((key) => operations[key].overSocket);
const targets = overSocket.flatMap((key) => textFields(operations[key].input).map((field) => [key, field] as const));

const id = '018f0000-0000-7000-8000-000000000009';
/** Fills every other field with something that would do. */
function inputWith(key: OperationKey, field: string, value: unknown): object {
  const filler = Object.fromEntries(textFields(operations[key].input).map((name) => [name, id]));
  const numbers = {
    rev: 0,
    afterRev: 0,
    throughRev: 0,
    throughSeq: 0,
    baseVersion: 0,
    isTyping: false,
    memberIds: [],
    userIds: [id],
  };
  return {
    ...numbers,
    accountRev: 0,
    sums: { conversations: 0, revs: 0, mrevs: 0 },
    seqs: [1],
    ...filler,
    [field]: value,
  };
}

describe('S13 nothing but a text is taken for a text', () => {
  test('there are 40 payloads and every request with a text is tried', () => {
    expect(payloads).toHaveLength(40);
    expect(targets.length).toBeGreaterThan(20);
  });

  test.each(targets)('%s: %s', async (key, field) => {
    for (const payload of payloads) {
      const reply = await socket.ask(key, inputWith(key, field, payload) as never);
      expect(reply, JSON.stringify(payload)).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    }
  });

  test.each(['email', 'password', 'name', 'device'])('auth.register and auth.login: %s', async (field) => {
    for (const payload of payloads) {
      for (const path of ['/api/auth/register', '/api/auth/login']) {
        if (path.endsWith('login') && field === 'name') continue;
        const { reply } = await server.call(path, { body: { ...newcomer(), [field]: payload } });
        expect(reply, JSON.stringify(payload)).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      }
    }
  });

  test('auth.refresh: refreshToken', async () => {
    for (const refreshToken of payloads) {
      const { reply } = await server.call('/api/auth/refresh', { body: { refreshToken } });
      expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    }
  });

  test.each([
    ['after[$ne]=', 200],
    ['limit[$gt]=0', 200],
    ['after=a&after=b', 400],
    ['__proto__[x]=1&after=x', 400],
  ])('a query of %s is read as plain texts', async (query, status) => {
    expect((await server.call(`/api/conversations?${query}`, { token: ann.accessToken })).status).toBe(status);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test('the database is what it was', async () => {
    const account = await socket.demand('getAccount', {});
    expect(account).toEqual({ profile: { userId: ann.userId, name: 'Ann', version: 1 }, email: ann.email });
    expect((await socket.demand('syncAccount', { rev: 0 })).entries).toEqual([]);
  });
});
