import fs, { fstatSync, fsyncSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeDatabaseKey, openSecretsFile } from './secrets-file.ts';

let dataDir: string;
/** What is there whenever something is brought to the disk. */
const synced: string[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  const sync = fsyncSync;
  vi.spyOn(fs, 'fsyncSync').mockImplementation((file) => {
    sync(file);
    synced.push(fstatSync(file).isDirectory() ? `folder: ${readdirSync(dataDir).toSorted().join()}` : 'file');
  });
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(dataDir, { recursive: true });
});

test.skipIf(process.platform === 'win32')('secrets are on the disk under their name before they are used', () => {
  openSecretsFile({ dataDir, at: Date.now(), hasData: false, isShared: false });
  expect(synced.splice(0)).toEqual(['file', `folder: secrets.json,secrets.json.${process.pid}.new`]);
  changeDatabaseKey(dataDir);
  expect(synced.splice(0)).toEqual(['file', 'folder: secrets.json']);
});
