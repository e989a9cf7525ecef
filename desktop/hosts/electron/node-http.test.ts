import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createNodeHttp } from './node-http.ts';
import { untrustedCertificate } from './testing/untrusted-certificate.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Answers where it listens, without the scheme. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function reasonFor(address: string): Promise<unknown> {
  const http = createNodeHttp(() => undefined);
  return http.send({ address, method: 'GET', path: '/', timeoutMs: 5_000 }).then(
    ({ status }) => status,
    (error: { reason?: string }) => error.reason ?? 'nobody can tell',
  );
}

const answering = () => createHttpServer((_, response) => response.end('{}'));
const mail = () =>
  createServer(
    (line) =>
      void line
        .on('error', () => undefined)
        .resume()
        .end('220 smtp.example ready\r\n'),
  );

test('a server that answers', async () => {
  expect(await reasonFor(`http://${await listen(answering())}`)).toBe(200);
});

test.each(['https://nowhere.invalid', 'https://not an address', 'http://127.0.0.1:99999'])(
  'no server at %s',
  async (address) => {
    expect(await reasonFor(address)).toBe('name-unknown');
  },
);

test('nothing listens', async () => {
  const server = answering();
  const address = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await reasonFor(`http://${address}`)).toBe('refused');
});

test('a certificate that nobody vouches for', async () => {
  const address = await listen(createHttpsServer(untrustedCertificate));
  expect(await reasonFor(`https://${address}`)).toBe('not-trusted');
});

test.each([
  ['a web server without https', answering],
  ['a mail server', mail],
])('%s, asked over https', async (_, make) => {
  expect(await reasonFor(`https://${await listen(make())}`)).toBe('not-secure');
});

test('a mail server, asked over http', async () => {
  expect(await reasonFor(`http://${await listen(mail())}`)).toBe('not-http');
});

test('a line that is cut', async () => {
  expect(await reasonFor(`http://${await listen(createServer((line) => line.destroy()))}`)).toBe('nobody can tell');
});

test('a certificate that this computer was told to trust is trusted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-authority-'));
  endings.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'authority.pem'), untrustedCertificate.cert);
  const ask = (authorities?: string): string =>
    spawnSync(process.execPath, [fileURLToPath(new URL('./testing/ask-untrusted.ts', import.meta.url))], {
      env: { ...process.env, ...(authorities && { SSL_CERT_FILE: authorities }) },
      encoding: 'utf8',
    }).stdout.trim();
  expect(ask()).toBe('not-trusted');
  expect(ask(join(folder, 'authority.pem'))).toBe('200');
});
