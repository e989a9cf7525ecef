import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { findFreePorts, startGuarded, type GuardedProcess } from './guarded-process.ts';

const downloads = 'https://fastdl.mongodb.org';
const mongodbVersion = '8.0.4';

/** The one that mongodb-memory-server knows to fetch for this platform; `undefined` where its downloads cannot be reached. */
export async function downloadMongod(folder: string): Promise<string | undefined> {
  if (!(await isReachable(downloads))) return undefined;
  console.error(`Bringing MongoDB ${mongodbVersion} for the tests ...`);
  const install = ['install', 'mongodb-memory-server-core@11', '--prefix', folder, '--no-save', '--ignore-scripts'];
  const installed = await runCommand('npm', install, { captured: true });
  if (installed.exitCode !== 0) throw new Error(`mongodb-memory-server could not be installed:\n${installed.output}`);
  const script = `const { MongoBinary } = require('mongodb-memory-server-core');
    MongoBinary.getPath({ downloadDir: process.argv[1], version: process.argv[2] }).then((path) => console.log(path));`;
  const args = ['-e', script, join(folder, 'downloads'), mongodbVersion];
  const { exitCode, output } = await runCommand(process.execPath, args, { captured: true, cwd: folder });
  if (exitCode !== 0) throw new Error(`MongoDB could not be downloaded:\n${output.slice(-2000)}`);
  return output.trim().split('\n').at(-1);
}

async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
}

/** Standalone, on a folder of its own that is removed afterwards. */
export async function startMongod(mongod: string): Promise<GuardedProcess & { url: string }> {
  const [port = 0] = await findFreePorts(1);
  const args = [join(import.meta.dirname, 'mongod.sh'), mongod, String(port)];
  return { url: `mongodb://127.0.0.1:${port}/`, ...(await startGuarded('sh', args, port)) };
}
