// Builds the installers of this platform into release/, or with --dir only the folder that they would install.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { packageConfiguration } from '../build/electron-builder.ts';
import { readUpdateFeed } from '../build/update-feed.ts';
import { signFeed } from './packaging/sign-feed.ts';
import { projectRoot, runNode } from './run-command.ts';

const bundles = join(projectRoot, 'out');
const output = join(projectRoot, 'release');
const onlyFolder = process.argv.includes('--dir');

async function makePackages(): Promise<void> {
  const updateFeed = readUpdateFeed(process.env);
  const { exitCode } = await runNode(['scripts/build.ts']);
  if (exitCode !== 0 || !existsSync(join(bundles, 'main', 'main.js'))) throw new Error('There is nothing to package.');

  const targets = Platform.current().createTarget(onlyFolder ? 'dir' : null, Arch[process.arch as keyof typeof Arch]);
  const config = packageConfiguration({
    maintainer: process.env['PARLEY_MAINTAINER'] ?? 'The Parley contributors <parley@localhost>',
    homepage: process.env['PARLEY_HOMEPAGE'] ?? 'http://localhost/',
    electronDist: process.env['PARLEY_ELECTRON_DIST'],
    updateFeed,
    bundles,
    output,
  });
  const files = await build({ projectDir: projectRoot, targets, config, publish: 'never' });

  const lists = updateFeed ? signFeed(output, updateFeed.signingKey) : [];
  for (const file of files) console.log(relative(projectRoot, file));
  for (const list of lists) console.log(`${relative(projectRoot, join(output, list))}, signed`);
  if (!updateFeed) console.log('These packages never look for updates: PARLEY_UPDATE_URL is not set.');
}

try {
  await makePackages();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
