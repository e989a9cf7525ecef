import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { underLock } from './setup/lock.mjs';

const file = join(import.meta.dirname, 'bootstrap.mjs');

function bootstrap(program: string) {
  const child = spawn(process.execPath, [file, '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, ended: once(child, 'close').then(([code]: unknown[]) => code) };
}

test('where everything is there nothing is written', async () => {
  const tools = join(import.meta.dirname, '..', '.tools');
  const changedAt = () => statSync(tools, { throwIfNoEntry: false })?.mtimeMs;
  const before = changedAt();
  expect(await bootstrap('').ended).toBe(0);
  expect(changedAt()).toBe(before);
});

test('a program that a signal ends is not one that has done its work', async () => {
  expect(await bootstrap("process.kill(process.pid, 'SIGKILL')").ended).toBe(137);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s to it alone reaches what it runs', async (signal) => {
  const { child, ended } = bootstrap(
    `process.on('${signal}', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')`,
  );
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await ended).toBe(7);
});

test.skipIf(process.platform === 'win32')('the end of the shell that npm has put between is a signal', async () => {
  const program = "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1000); console.log('up')";
  const shell = spawn('sh', ['-c', '"$0" "$@"; exit', process.execPath, file, '-e', program], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  // The pipe is open for as long as anybody has it.
  expect(await once(shell, 'close')).toEqual([null, 'SIGTERM']);
});

test('a set-up that waits for another one says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  const lock = join(folder, 'setup.lock');
  writeFileSync(lock, String(process.pid));
  const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => {
    rmSync(lock);
    return true;
  });
  expect(await underLock(folder, () => Promise.resolve('done'))).toBe('done');
  expect(said.mock.calls).toEqual([['Waiting for another set-up in this folder ...\n']]);
  said.mockRestore();
  rmSync(folder, { recursive: true });
});
