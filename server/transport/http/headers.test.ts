import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationList } from '@parley/shared/contract/registry.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

const build = mkdtempSync(join(tmpdir(), 'parley-build-'));
mkdirSync(join(build, 'assets'));
writeFileSync(join(build, 'index.html'), '<!doctype html><title>Parley</title>');
writeFileSync(join(build, 'assets', 'index-a1B2c3D4.js'), 'export {};'.padEnd(4096));
writeFileSync(join(build, 'icon.svg'), '<svg/>');

let server: TestServer;
let secure: TestServer;
beforeAll(async () => {
  server = await startTestServer({ overrides: { browserBuildDir: build } });
  const config = { publicUrl: 'https://chat.example.org', trustedProxies: ['loopback'] };
  secure = await startTestServer({ config, overrides: { browserBuildDir: build } });
});
afterAll(async () => {
  await server.close();
  await secure.close();
  rmSync(build, { recursive: true });
});

const html = { accept: 'text/html' };

/** With a `Host` of one's own, which `fetch` does not allow. */
function getAs(host: string, path: string, at = server): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = plainRequest(`${at.url}${path}`, { headers: { host, ...html } }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject).end();
  });
}

describe('S20 every route of the API', () => {
  const routes = operationList.flatMap(({ rest }) => (rest === undefined ? [] : [[rest.method, rest.path] as const]));
  test.each([...routes, ['GET', '/api/nowhere'] as const, ['GET', '/api/openapi.json'] as const])(
    '%s %s',
    async (method, path) => {
      const { headers, reply } = await server.call(path.replace(/\{\w+\}/g, 'x'), { method });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(reply).toBeTypeOf('object');
    },
  );
});

describe('S20 what promises https', () => {
  test('is there only where the public address is https', async () => {
    const [plain, https] = [await server.call('/api/server'), await secure.call('/api/server')];
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(https.headers.get('strict-transport-security')).toContain('max-age=');
    expect(https.headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});

describe('S20 bodies', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    server.call('/api/auth/login', { body, headers });
  test.each([
    ['too large', 'x'.repeat(200_000), {}, 413, 'payload_too_large'],
    ['too large, as JSON', JSON.stringify({ email: 'x'.repeat(200_000) }), {}, 413, 'payload_too_large'],
    ['not JSON', '{', {}, 400, 'invalid_request'],
    ['a bare value', '"x"', {}, 400, 'invalid_request'],
    ['a list', '[]', {}, 400, 'invalid_request'],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'invalid_request'],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415, 'invalid_request'],
    ['an unknown charset', '{}', { 'content-type': 'application/json; charset=x-none' }, 415, 'invalid_request'],
    ['an unknown encoding', '{}', { 'content-encoding': 'x-none' }, 415, 'invalid_request'],
    ['broken gzip', '{}', { 'content-encoding': 'gzip' }, 400, 'invalid_request'],
  ])('%s', async (_what, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.reply.ok === false && answer.reply.error.code]).toEqual([status, code]);
  });

  test('a path that cannot be read is refused as a reply', async () => {
    const { status, reply } = await server.call('/api/sessions/%E0%A4%A', { method: 'DELETE' });
    expect([status, reply.ok === false && reply.error.code]).toEqual([400, 'invalid_request']);
  });
});

describe('the app for browsers', () => {
  test('E3 its pages load nothing from elsewhere and talk to their own server', async () => {
    const { headers } = await server.call('/', { headers: html });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`ws://localhost:${new URL(server.url).port}`);
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  test('hashed files are kept for ever, pages are asked for again', async () => {
    const asset = await server.call('/assets/index-a1B2c3D4.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const page = await server.call('/conversations/deep', { headers: html });
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(page.text).toContain('<title>Parley</title>');
    expect((await server.call('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('whoever takes anything gets its page, whoever wants data does not', async () => {
    const anything = await server.call('/', { headers: { accept: '*/*' } });
    expect(anything.text).toContain('<title>Parley</title>');
    expect((await server.call('/', { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  test('its files travel compressed', async () => {
    const asset = await server.call('/assets/index-a1B2c3D4.js', { headers: { 'accept-encoding': 'br' } });
    expect(asset.headers.get('content-encoding')).toBe('br');
  });

  test.each([
    '/assets/none-a1B2c3D4.js',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/secrets.json',
    '/.env',
    '/index.html%00.js',
  ])('S20 %s is not there', async (path) => {
    const { status, text } = await server.call(path, { headers: html });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('workspaces');
  });

  test('a browser that comes over plain http from elsewhere is told how to get https', async () => {
    const { text } = await getAs('192.168.1.20:7440', '/');
    expect(text).toContain('needs https');
    expect((await getAs('localhost:7440', '/')).text).toContain('<title>Parley</title>');
    expect((await getAs('chat.example.org', '/', secure)).text).toContain('<title>Parley</title>');
    expect((await getAs('192.168.1.20:7440', '/', secure)).text).toContain('needs https');
  });

  test('a missing build is said in words', async () => {
    const bare = await startTestServer({ overrides: { browserBuildDir: join(build, 'nothing') } });
    const { text, status } = await bare.call('/', { headers: html });
    expect([status, text.includes('npm run build')]).toEqual([503, true]);
    await bare.close();
  });
});

test.each(['/health', '/api/health'])('%s says what /health/ready says', async (path) => {
  const { status, reply } = await server.call(path);
  expect([status, reply]).toEqual([200, { ok: true, data: { status: 'ok' } }]);
});

test('the description of the API names every route', async () => {
  const { text } = await server.call('/api/openapi.json');
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  const bound = operationList.filter(({ rest }) => rest !== undefined).map(({ name }) => name);
  expect(described.toSorted()).toEqual(bound.toSorted());
  const docs = await server.call('/api/docs');
  expect(docs.text).toContain('messages.send');
  const loaded = [...docs.text.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]);
  expect(loaded).toEqual(['/api/docs/style.css', '/api/openapi.json']);
  expect(docs.text.includes('<script')).toBe(false);
});
