import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { openFirstWindow } from './smoke/open-first-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-smoke-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that stands for the app. */
function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.skipIf(process.platform === 'win32')('the smoke command', () => {
  test.skipIf(!findChromium())('tells what the first window shows, and ends the app', async () => {
    const page = 'data:text/html,<title>Parley</title><body>Welcome';
    const app = program('app', `exec "${findChromium()}" --headless --no-sandbox "$@" "${page}"`);
    const window = await openFirstWindow(app, []);
    expect(window).toMatchObject({ title: 'Parley', url: page });
    expect(window.userAgent).toContain('Chrome/');
  });

  test('says what the app said when it does not start', async () => {
    const app = program('broken', 'echo "no display" >&2; exit 1');
    await expect(openFirstWindow(app, [])).rejects.toThrow('It ended before it showed a window.\nno display');
  });

  test('says when there is no such program', async () => {
    await expect(openFirstWindow(join(folder, 'missing'), [])).rejects.toThrow('ENOENT');
  });
});
