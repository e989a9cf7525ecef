// Starts an app as Electron would: `node --import ./register.ts start.ts <main bundle> [words of its command line]`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from './electron.ts';
import { app } from './app.ts';
import { onDriver, toDriver } from './pipe.ts';
import './native-record.ts';

const [node = '', , bundle = '', ...words] = process.argv;
process.argv = [node, bundle, ...words];

interface Package {
  name: string;
  productName?: string;
  version: string;
}
const appPath = process.cwd();
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Package;
const { name, productName = name, version } = read(join(appPath, 'package.json'));
const electronVersion = read(createRequire(import.meta.url).resolve('electron/package.json')).version;
Object.assign(process.versions, { electron: electronVersion, chrome: 'the stand-in' });
Object.assign(process, { type: 'browser', resourcesPath: join(dirname(bundle), '..') });

onDriver(async (message) => {
  if (message.kind !== 'evaluate') return;
  const { id, source, input } = message;
  try {
    // eslint-disable-next-line no-eval -- what a spec asks comes as source text, as with Playwright's own `evaluate`
    const asked = (0, eval)(`(${source})`) as (electron: unknown, input: unknown) => unknown;
    toDriver({ kind: 'evaluated', id, isOk: true, value: await asked(electron, input) });
  } catch (error) {
    toDriver({ kind: 'evaluated', id, isOk: false, value: error instanceof Error ? error.stack : String(error) });
  }
});

app.start({ appPath, name: productName, version });
await import(pathToFileURL(bundle).href);
app.becomeReady();
