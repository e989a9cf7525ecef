import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { underLock } from './setup/lock.mjs';

function bootstrap(program: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bootstrap.mjs'), '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, ended: once(child, 'close').then(([code]: unknown[]) => code) };
}

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

test('a set-up that waits for another one says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  const file = join(folder, 'setup.lock');
  writeFileSync(file, String(process.pid));
  const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => {
    rmSync(file);
    return true;
  });
  expect(await underLock(folder, () => Promise.resolve('done'))).toBe('done');
  expect(said.mock.calls).toEqual([['Waiting for another set-up in this folder ...\n']]);
  said.mockRestore();
  rmSync(folder, { recursive: true });
});
