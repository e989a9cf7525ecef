import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { findRedisServer } from '../../scripts/redis/find-redis-server.ts';

/** A Redis that keeps nothing, on loopback; `undefined` where there is none. */
export async function startRedis(): Promise<{ url: string; stop(): void } | undefined> {
  const found = await findRedisServer();
  if ('missing' in found) return undefined;
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  await once(free.close(), 'close');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(found.command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) if (line.includes('Ready to accept connections')) break;
  return { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill() };
}
