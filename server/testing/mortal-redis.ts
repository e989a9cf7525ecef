import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { saying } from './saying.ts';

/** A Redis of its own, always at the same address, that a test may kill at any moment. Not started yet. */
export interface MortalRedis {
  readonly url: string;
  start(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

export async function createMortalRedis(command: string): Promise<MortalRedis> {
  const port = await findFreePort();
  let redis: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      redis = spawn(command, args, { cwd: tmpdir() });
      await saying(redis, /Ready to accept connections/).match;
    },
    signal: (signal) => void redis?.kill(signal),
    async kill() {
      if (redis === undefined) return;
      const ended = once(redis, 'close');
      redis.kill('SIGKILL');
      redis = undefined;
      await ended;
    },
  };
}
