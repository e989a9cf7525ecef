import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-main-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env['PATH'], PARLEY_DATA_DIR: dataDir, PORT: '0', ...environment },
  });
  children.push(child);
  const said = { out: '', error: '' };
  const line = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
      if (said.out.includes('\n')) resolve(said.out);
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text));
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  return { child, said, line, ended };
}

test('says one line with its address, serves, and drains when it is asked to stop', { timeout: 20_000 }, async () => {
  const { child, said, line, ended } = start();
  const url = /http:\/\/localhost:\d+/.exec(await line)?.[0] ?? '';
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const out = `Parley is ready at ${url} (data in ${dataDir})\nStopping ...\nStopped.\n`;
  expect(said).toEqual({ out, error: '' });
  const log = readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')
    .trim()
    .split('\n');
  expect(log.map((entry) => (JSON.parse(entry) as { msg: string }).msg)).toEqual(
    expect.arrayContaining(['listening', 'draining', 'stopped']),
  );
});

test('S19 a second process on the same data says why it cannot start', { timeout: 20_000 }, async () => {
  const first = start();
  await first.line;
  const second = start();
  expect(await second.ended).toBe(2);
  expect(second.said.error).toContain('Another Parley server is running on this data');
  expect(second.said.error).toContain(`Its process id is ${first.child.pid}.`);
});

test('says why it cannot listen', { timeout: 20_000 }, async () => {
  const { said, ended } = start({ HOST: '192.0.2.1' });
  expect(await ended).toBe(2);
  expect(said.error).toContain('(listen_failed):\n  - It cannot listen on 192.0.2.1, port 0: it is no address of this');
});

test('says everything that is wrong with the configuration', { timeout: 20_000 }, async () => {
  const { said, ended } = start({ PORT: 'x', JWT_SECRET: 'secret', LOG_LEVEL: 'loud' });
  expect(await ended).toBe(2);
  expect(said.error.trim().split('\n')).toHaveLength(3);
  const weak = start({ JWT_SECRET: 'secret' });
  expect(await weak.ended).toBe(2);
  expect(weak.said.error).toContain('JWT_SECRET');
});
