import { spawn } from 'node:child_process';

/**
 * Runs a command without showing its output, behind one progress line. Rejects with the end of that output.
 * @param {string} what said to the person who waits
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function runQuietly(what, command, args, options = {}) {
  const started = Date.now();
  process.stderr.write(`${what} ... `);
  let output = '';
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.stderr.write(code === 0 ? `done (${Math.round((Date.now() - started) / 1000)} s)\n` : 'failed\n');
  if (code !== 0) throw new Error(`${what} ended with code ${code}.\n${output.slice(-4000)}`);
}
