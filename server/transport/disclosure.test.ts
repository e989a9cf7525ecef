import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationList } from '@parley/shared/contract/registry.ts';
import { makeEveryRequest, type Conducted } from '../testing/every-request.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let conducted: Conducted;
beforeAll(async () => {
  server = await startTestServer();
  conducted = await makeEveryRequest(server);
  // Requests that fail are logged too, each in its own way.
  const { accessToken } = await server.register('Cem');
  for (const secret of conducted.secrets) {
    const path = encodeURIComponent(secret);
    await server.call(`/api/${path}?token=${path}`, {
      headers: { authorization: `Bearer ${path}`, 'user-agent': path, cookie: `a=${path}` },
    });
    await server.call('/api/auth/login', { body: `{"password":"${secret}"` });
    await server.call('/api/sessions/x', {
      method: 'DELETE',
      token: accessToken,
      headers: { referer: `http://x/${path}` },
    });
  }
});
afterAll(() => server.close());

/** Names that belong to stored records and to nothing that is sent. */
const forbidden =
  /^(passwordHash|password|pepper|seed|generation|rotatedAt|revokedAt|mac|salt|secret|.+Key|keeps|address|ip|_id|__v|stack|cause)$/i;

function* keysOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const part of value) yield* keysOf(part);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      yield name;
      yield* keysOf(part);
    }
  }
}

test('every request was made, and answered well at least once', () => {
  const served = new Set(conducted.replies.filter(([, reply]) => reply.ok).map(([name]) => name));
  // Probes and descriptions go by their path.
  const missing = operationList.filter(({ name, rest }) => !served.has(name) && !served.has(rest?.path ?? ''));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

describe('S14', () => {
  test('no reply and no fact names what belongs to a record', () => {
    const names = [...conducted.replies, ...conducted.facts].flatMap(([, value]) => [...keysOf(value)]);
    expect(names.length).toBeGreaterThan(200);
    expect([...new Set(names)].filter((name) => forbidden.test(name))).toEqual([]);
  });

  test('no refusal says more than its code needs', () => {
    const messages = conducted.replies.flatMap(([, reply]) => (reply.ok ? [] : [reply.error.message]));
    for (const message of messages) for (const secret of conducted.secrets) expect(message).not.toContain(secret);
  });

  test('all that was sent is what the contract says', () => {
    expect(server.logLines.filter((line) => line.includes('"msg":"defect"'))).toEqual([]);
  });
});

describe('S17', () => {
  test('something was logged', () => {
    expect(server.logLines.length).toBeGreaterThan(30);
  });

  test('no line holds what a person wrote, a password or a token', () => {
    const log = server.logLines.join('\n');
    for (const secret of conducted.secrets) {
      expect(log).not.toContain(secret);
      expect(log).not.toContain(encodeURIComponent(secret));
    }
  });
});
