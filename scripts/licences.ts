import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export interface Licence {
  name: string;
  version: string;
  licence: string;
}

interface Manifest {
  name: string;
  version: string;
  license?: string;
  /** As it was said before npm settled on `license`. */
  licenses?: { type: string }[];
}

/** The package that a file comes from; none for what is ours or made by the bundler. */
function packageOf(file: string): string | undefined {
  const path = (file.split('?')[0] ?? '').replaceAll('\\', '/');
  return /^([^\0]*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function licenceOf({ name, version, license, licenses = [] }: Manifest): Licence {
  const licence = license ?? licenses.map(({ type }) => type).join(' OR ');
  if (licence === '') throw new Error(`${name} ${version} does not say under which licence it may be passed on.`);
  return { name, version, licence };
}

/** Under which licences the packages are that these files come from, by name. */
export function licencesOf(files: Iterable<string>): Licence[] {
  const folders = new Set([...files].map(packageOf).filter((folder) => folder !== undefined));
  const licences = [...folders].map((folder) => licenceOf(manifestIn(folder)));
  return licences.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

/**
 * Lays `licences.json` beside a bundle: what it is made of.
 * @param others files of packages that the bundler does not tell of: those beside the bundle, and those that style sheets are made with
 */
export function listLicences(others: readonly string[] = []): Plugin {
  let root = process.cwd();
  return {
    name: 'parley:licences',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_options, bundle) {
      const pictures = Object.values(bundle).flatMap((file) => (file.type === 'asset' ? file.originalFileNames : []));
      const files = [...this.getModuleIds(), ...pictures.map((path) => join(root, path)), ...others];
      const source = JSON.stringify(licencesOf(files));
      this.emitFile({ type: 'asset', fileName: 'licences.json', source });
    },
  };
}
