import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './run-command.ts';

interface Entry {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};

test('the lockfile names no registry host', () => {
  const named = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('://'));
  expect(named, 'keep omit-lockfile-registry-resolved in .npmrc and install again').toEqual([]);
});

test('the lockfile holds the binaries of every platform, or "npm ci" refuses it there', () => {
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
  const instead =
    'npm leaves out what the registry lacks or what is not installed here: take the newest version that is complete, ' +
    'and make the lockfile anew in a folder without node_modules';
  expect(missing, instead).toEqual([]);
});
