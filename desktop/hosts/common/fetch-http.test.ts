import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchHttp } from './fetch-http.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString();
}

const timeoutMs = 5_000;

test('sends method, path, token and JSON, and gives back status and JSON', async () => {
  const address = await serve(async (request, response) => {
    const { method, url, headers } = request;
    const { authorization, accept } = headers;
    const type = headers['content-type'];
    response
      .writeHead(418)
      .end(JSON.stringify({ method, url, authorization, accept, type, body: await bodyOf(request) }));
  });
  const answer = await fetchHttp.send({
    address,
    method: 'PATCH',
    path: '/api/me?x=1',
    body: { name: 'Ada' },
    token: 'access',
    timeoutMs,
  });
  expect(answer).toEqual({
    status: 418,
    body: {
      method: 'PATCH',
      url: '/api/me?x=1',
      authorization: 'Bearer access',
      accept: 'application/json',
      type: 'application/json',
      body: '{"name":"Ada"}',
    },
  });
});

test('sends neither token nor body where there is none', async () => {
  const address = await serve(async (request, response) => {
    response.end(JSON.stringify({ headers: Object.keys(request.headers), body: await bodyOf(request) }));
  });
  const { body } = await fetchHttp.send({ address, method: 'GET', path: '/api/me', timeoutMs });
  expect(body).toEqual({ headers: expect.not.arrayContaining(['authorization', 'content-type']), body: '' });
});

test.each(['', '<!doctype html>', '{"half":'])('gives null for the body %j', async (body) => {
  const address = await serve((_, response) => response.writeHead(502).end(body));
  expect(await fetchHttp.send({ address, method: 'GET', path: '/', timeoutMs })).toEqual({ status: 502, body: null });
});

test('rejects when nobody answers', async () => {
  const address = await serve(() => {});
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  await expect(fetchHttp.send({ address, method: 'GET', path: '/', timeoutMs })).rejects.toThrow('fetch failed');
});

test.each<[string, RequestListener]>([
  ['nothing comes', () => {}],
  ['the body never ends', (_, response) => void response.writeHead(200).write('{')],
])('rejects after the timeout when %s', async (_, answer) => {
  const address = await serve(answer);
  await expect(fetchHttp.send({ address, method: 'GET', path: '/', timeoutMs: 20 })).rejects.toThrow('timeout');
});
