import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from './run-quietly.mjs';

const NODE_MAJOR = 24;
const NPM_MAJOR = 11;

/** @typedef {{ command: string, args: string[], shell: boolean }} Npm how to start an npm: append its arguments */

/** @param {string} version */
const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/**
 * The npm package that carries Node's executable for this platform in its tarball. The package `node` picks the same
 * one, but with an install script, which this project does not allow.
 */
function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const family = `${platform}-${process.arch}` === 'darwin-arm64' ? 'node-bin' : 'node';
  return `${family}-${platform}-${process.arch}`;
}

/** @returns {Npm} the npm that runs this script, else the one on the PATH */
function currentNpm() {
  const cli = process.env['npm_execpath'];
  if (cli && /npm-cli\.c?js$/.test(cli)) return { command: process.execPath, args: [cli], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * @param {Npm} npm
 * @param {string} folder
 * @param {string} spec
 */
async function bring(npm, folder, spec) {
  await mkdir(folder, { recursive: true });
  const target = npm.shell ? `"${folder}"` : folder;
  const args = ['install', spec, '--prefix', target, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runQuietly(`Bringing ${spec} into .tools`, npm.command, [...npm.args, ...args, '--loglevel=error'], {
    cwd: folder,
    shell: npm.shell,
  });
}

/** @param {string} tools */
const nodeFolder = (tools) => join(tools, `node-${NODE_MAJOR}`);

/**
 * @param {string} tools
 * @returns {string} where a Node that is new enough is, or would be brought to
 */
export function placeOfNode(tools) {
  if (majorOf(process.version) >= NODE_MAJOR) return process.execPath;
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(nodeFolder(tools), 'node_modules', nodePackage(), 'bin', executable);
}

/**
 * @param {string} tools
 * @returns {Promise<string>} path of a Node that is new enough
 */
export async function findNode(tools) {
  const node = placeOfNode(tools);
  if (node === process.execPath) return node;
  const name = nodePackage();
  if (!existsSync(node)) await bring(currentNpm(), nodeFolder(tools), `${name}@${NODE_MAJOR}`);
  try {
    execFileSync(node, ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Error(`the Node ${NODE_MAJOR} from npm (${name}) does not run here. Please install Node ${NODE_MAJOR}.`);
  }
  return node;
}

/**
 * @param {string} tools
 * @param {string} node
 * @returns {Promise<Npm>} an npm that is new enough, run by that Node
 */
export async function findNpm(tools, node) {
  const current = currentNpm();
  if (majorOf(versionOf(current)) >= NPM_MAJOR) {
    return current.args.length > 0 ? { ...current, command: node } : current;
  }
  const folder = join(tools, `npm-${NPM_MAJOR}`);
  const cli = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (!existsSync(cli)) await bring(current, folder, `npm@${NPM_MAJOR}`);
  return { command: node, args: [cli], shell: false };
}

/** @param {Npm} npm */
function versionOf(npm) {
  const [cli] = npm.args;
  if (cli) return JSON.parse(readFileSync(join(cli, '..', '..', 'package.json'), 'utf8')).version;
  return execFileSync(npm.command, ['--version'], { shell: npm.shell, encoding: 'utf8' });
}
