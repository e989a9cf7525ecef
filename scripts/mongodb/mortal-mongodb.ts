import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFerretdb } from './ferretdb.ts';
import { answers, findFreePorts, type GuardedProcess } from './guarded-process.ts';
import { findMongodb, missing } from './start-mongodb.ts';

/** A MongoDB of a test's own. What it has acknowledged outlives it: on its disk, or in the PostgreSQL behind FerretDB, which stays. */
export interface MortalMongodb {
  readonly url: string;
  /** As `kill -9`. */
  kill(): Promise<void>;
  /** Resolves when it answers, where it did before. */
  start(): Promise<void>;
  /** Ends it and forgets its data. */
  stop(): Promise<void>;
}

interface Command {
  command: string;
  args: string[];
  environment: Record<string, string>;
}

/** Started already. */
export async function startMortalMongodb(): Promise<MortalMongodb | { missing: string }> {
  const found = await findMongodb();
  if ('missing' in found) return missing(found.missing);
  if ('named' in found) return missing('The one that PARLEY_TEST_MONGODB_URL names is not for killing.');
  const folder = mkdtempSync(join(tmpdir(), 'parley-mortal-mongodb-'));
  const [port = 0] = await findFreePorts(1);
  let ground: GuardedProcess | undefined;
  let command: Command;
  if ('mongod' in found) {
    const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--quiet'];
    command = { command: found.mongod, args, environment: {} };
  } else {
    const ferretdb = await startFerretdb(found.ferretdb);
    ground = ferretdb;
    command = {
      command: found.ferretdb.ferretdb,
      args: [],
      environment: {
        FERRETDB_POSTGRESQL_URL: ferretdb.postgresUrl,
        FERRETDB_LISTEN_ADDR: `127.0.0.1:${port}`,
        FERRETDB_STATE_DIR: folder,
        FERRETDB_AUTH: 'false',
        FERRETDB_TELEMETRY: 'disable',
        FERRETDB_DEBUG_ADDR: '-',
        FERRETDB_LOG_LEVEL: 'error',
      },
    };
  }
  let child: ChildProcess | undefined;
  const mortal: MortalMongodb = {
    url: `mongodb://127.0.0.1:${port}/`,
    async kill() {
      if (child === undefined) return;
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      child = undefined;
      await ended;
    },
    async start() {
      const env = { ...process.env, ...command.environment };
      const started = spawn(command.command, command.args, { env, stdio: 'ignore' });
      child = started;
      while (!(await answers(port))) {
        if (started.exitCode !== null) throw new Error(`${command.command} ended with ${started.exitCode}`);
        await sleep(20);
      }
    },
    async stop() {
      await mortal.kill();
      await ground?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await mortal.start();
  return mortal;
}
