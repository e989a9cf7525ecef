import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { canPin } from './processes/start-process.ts';

const require = createRequire(join(import.meta.dirname, '..', 'server', 'package.json'));

function versionOf(name: string): string {
  const file = require.resolve(name).split(`node_modules/${name}/`)[0] ?? '';
  return (JSON.parse(readFileSync(join(file, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
}

/** What figures are worth nothing without. */
export function machineFacts(): string[] {
  const [processor] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const packages = ['socket.io', 'better-sqlite3-multiple-ciphers', 'zod'].map((name) => `${name} ${versionOf(name)}`);
  return [
    `${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), ${gigabytes} GB, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, ${packages.join(', ')}`,
    canPin ? 'server on core 0, load on core 1' : 'not pinned to cores: taskset is not there',
    `load average at the start ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  ];
}
