import { spawn } from 'node:child_process';

/**
 * The reason of a failure stands at the beginning or at the end of an output, seldom in the middle.
 * @param {string} output
 */
function shortened(output) {
  return output.length <= 4000 ? output : `${output.slice(0, 2000)}\n[...]\n${output.slice(-2000)}`;
}

/**
 * Runs a command without showing its output, behind one progress line. Rejects with that output, shortened.
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
  if (code !== 0) throw new Error(`${what} ended with code ${code}.\n${shortened(output)}`);
}
