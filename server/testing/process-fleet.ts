import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import mongoose from 'mongoose';
import { rateNames } from '@parley/shared/contract/limits.ts';
import { createMortalRedis } from './mortal-redis.ts';
import { saying } from './saying.ts';

/** A process that a test may kill at any moment. */
export interface MortalProcess {
  readonly url: string;
  /** What it wrote to the terminal, its log included. */
  said(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, when it has ended. */
  ended: Promise<number | null>;
}

export interface Fleet {
  readonly processes: readonly MortalProcess[];
  /** A further process of the same server. Rejects with what it wrote where it does not start. */
  start(environment?: Record<string, string>): Promise<MortalProcess>;
  killRedis(): Promise<void>;
  startRedis(): Promise<void>;
  signalRedis(signal: NodeJS.Signals): void;
  close(): Promise<void>;
}

const main = join(import.meta.dirname, '..', 'main.ts');

/** Real processes of one server: a database of their own in this MongoDB, and a Redis of their own. */
export async function startFleet(options: { mongodbUrl: string; redisServer: string; count: number }): Promise<Fleet> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-fleet-'));
  const database = new URL(options.mongodbUrl);
  database.pathname = `/${basename(dataDir)}`;
  const redis = await createMortalRedis(options.redisServer);
  const processes: MortalProcess[] = [];
  const children: ChildProcess[] = [];

  async function start(environment: Record<string, string> = {}): Promise<MortalProcess> {
    const rates = Object.fromEntries(rateNames.map((name) => [`PARLEY_RATE_${name.toUpperCase()}`, '100000/s']));
    const child = spawn(process.execPath, [main], {
      cwd: dataDir,
      env: {
        PATH: process.env['PATH'],
        PARLEY_DATA_DIR: dataDir,
        DATABASE_URL: database.href,
        REDIS_URL: redis.url,
        PORT: '0',
        PARLEY_LOG: 'stdout',
        PARLEY_REGISTRATIONS_PER_HOUR: '10000',
        ...rates,
        ...environment,
      },
    });
    children.push(child);
    const ended = once(child, 'close').then(([code]: unknown[]) => code as number | null);
    const { said, match } = saying(child, /http:\/\/localhost:\d+/);
    const [url] = await match;
    const started = { url, said, ended, signal: (signal: NodeJS.Signals) => void child.kill(signal) };
    processes.push(started);
    return started;
  }

  await redis.start();
  // The first one makes the secrets that all of them read.
  for (let index = 0; index < options.count; index += 1) await start();
  return {
    processes,
    start,
    startRedis: redis.start,
    killRedis: redis.kill,
    signalRedis: redis.signal,
    async close() {
      const ends = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      await Promise.all(
        ends.map((child) => {
          const ended = once(child, 'close');
          child.kill('SIGKILL');
          return ended;
        }),
      );
      await redis.kill();
      const connection = await mongoose.createConnection(database.href).asPromise();
      await connection.dropDatabase();
      await connection.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
