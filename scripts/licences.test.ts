import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { licencesOf } from './licences.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-licences-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(path: string, manifest: object): string {
  const folder = join(root, 'node_modules', path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: path, version: '1.0.0', ...manifest }));
  return folder;
}

test('every package that a file comes from is named once', () => {
  const zod = install('zod', { license: 'MIT', version: '4.6.7' });
  const font = install('@fonts/serif', { licenses: [{ type: 'OFL-1.1' }, { type: 'MIT' }] });
  const files = [`${zod}/index.js`, `${zod}/v4/core.js`, `${font}/a.woff2?url`, `${root}/src/main.ts`, '\0virtual'];
  expect(licencesOf(files)).toEqual([
    { name: '@fonts/serif', version: '1.0.0', licence: 'OFL-1.1 OR MIT' },
    { name: 'zod', version: '4.6.7', licence: 'MIT' },
  ]);
});

test('a package without a licence is not passed on', () => {
  const secret = install('secret', {});
  expect(() => licencesOf([`${secret}/index.js`])).toThrow('secret 1.0.0 does not say');
});
