import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { layers, testLayers, type Layer } from './table.ts';

const workspaces = ['shared', 'server', 'desktop'];

export interface SourceFile {
  /** Relative to the project, with slashes. */
  path: string;
  source: string;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

export function isTestCode(path: string): boolean {
  return (
    /\.(test|bench)\.tsx?$/.test(path) ||
    /(^|\/)testing\//.test(path) ||
    isWithin(path, 'e2e') ||
    isWithin(path, 'bench')
  );
}

export function layerOf(path: string): Layer | undefined {
  return (isTestCode(path) ? testLayers : layers)
    .filter(({ folder }) => isWithin(path, folder))
    .toSorted((one, other) => other.folder.length - one.folder.length)[0];
}

function workspaceOf(path: string): string | undefined {
  return workspaces.find((workspace) => isWithin(path, workspace));
}

type Target = { kind: 'file'; path: string; isRelative: boolean } | { kind: 'package'; name: string };

function targetOf(importer: string, specifier: string): Target {
  const plain = specifier.split('?')[0] ?? specifier;
  if (plain.startsWith('.')) {
    return { kind: 'file', path: posix.join(posix.dirname(importer), plain), isRelative: true };
  }
  const own = /^@parley\/([^/]+)\/(.+)$/.exec(plain);
  if (own) return { kind: 'file', path: `${own[1]}/${own[2]}`, isRelative: false };
  if (isBuiltin(plain)) return { kind: 'package', name: 'node:' };
  return { kind: 'package', name: plain.split('/', plain.startsWith('@') ? 2 : 1).join('/') };
}

function mayImportFile(layer: Layer, path: string): boolean {
  return [layer.folder, ...layer.imports].some((folder) => isWithin(path, folder));
}

function mayImportPackage(layer: Layer, name: string): boolean {
  if (layer.never?.includes(name)) return false;
  return layer.packages === undefined || layer.packages.includes(name);
}

/** Why this import is forbidden, and what to do instead; nothing where it is allowed. */
function objectionTo(importer: string, specifier: string): string | undefined {
  const layer = layerOf(importer);
  const target = targetOf(importer, specifier);
  if (target.kind === 'package') {
    if (!layer || mayImportPackage(layer, target.name)) return undefined;
    const name = target.name === 'node:' ? `Node's own modules (${specifier})` : `the package ${target.name}`;
    return `${layer.folder} must not import ${name}. ${layer.instead}`;
  }
  const workspace = workspaceOf(target.path);
  if (target.isRelative && workspace !== workspaceOf(importer)) {
    const instead = workspace ? `Import '@parley/${target.path}'.` : 'Move what is shared into a workspace.';
    return `a relative path must not leave its package (${specifier}). ${instead}`;
  }
  if (isTestCode(target.path) && !isTestCode(importer) && workspaceOf(importer)) {
    return `the product must not import test code (${target.path}). Move what both need beside the sources.`;
  }
  if (!layer || mayImportFile(layer, target.path)) return undefined;
  return `${layer.folder} must not import ${target.path}. ${layer.instead}`;
}

/** One line for every import that breaks a rule. */
export function violationsIn({ path, source }: SourceFile): string[] {
  return importsOf(path, source).flatMap(({ specifier, line }) => {
    const objection = objectionTo(path, specifier);
    return objection === undefined ? [] : [`${path}:${line}: ${objection}`];
  });
}
