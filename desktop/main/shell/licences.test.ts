import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readLicences } from './licences.ts';

const zod = { name: 'zod', version: '4.6.7', licence: 'MIT' };
const react = { name: 'react', version: '19.3.1', licence: 'MIT' };

test('every package of all bundles is listed once, by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-licences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = [[zod], [zod, react, { ...zod, version: '3.0.0' }]].map((list, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(list));
    return file;
  });
  expect(await readLicences(files)).toEqual([react, zod, { ...zod, version: '3.0.0' }]);
});
