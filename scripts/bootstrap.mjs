// Runs on any Node from 18, before anything is installed: only Node's own modules, no TypeScript.
// Usage: node scripts/bootstrap.mjs <script or option of node> [arguments]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, isInstalled } from './setup/dependencies.mjs';
import { exitStatus } from './setup/exit-status.mjs';
import { isLocked, underLock } from './setup/lock.mjs';
import { findNode, findNpm, placeOfNode } from './setup/toolchain.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parent = process.ppid;

/** @returns {Promise<string>} the Node that runs the project; where all is there nothing is written, for a server may not be allowed to */
async function prepare() {
  const tools = join(root, '.tools');
  const known = placeOfNode(tools);
  if (!isLocked(tools) && existsSync(known) && isInstalled(root)) return known;
  return underLock(tools, async () => {
    const node = await findNode(tools);
    const npm = await findNpm(tools, node);
    await installDependencies(root, npm);
    return node;
  });
}

/** @param {string} node */
function environmentFor(node) {
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env[pathName]].join(separator);
  return { ...process.env, [pathName]: path };
}

/**
 * npm gives signals to a shell between itself and this process, which ends by them and does not hand them on. Only that it has ended can
 * be seen from here.
 * @param {() => void} onEnd
 */
function watchShell(onEnd) {
  if (!process.env['npm_lifecycle_event']) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onEnd();
  }, 250).unref();
}

/** @param {string} node */
function run(node) {
  const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env: environmentFor(node) });
  // A terminal sends Ctrl+C to the child as well; this process only has to outlive it to hand on its exit code.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  watchShell(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(exitStatus(code, signal)));
}

try {
  run(await prepare());
} catch (error) {
  console.error(`\nParley could not be set up: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
