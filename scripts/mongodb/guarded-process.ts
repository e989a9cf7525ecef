import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const startMs = 60_000;
const stopMs = 10_000;

/** A server that lives as long as its standard input is open: it ends with this process, however that ends. */
export interface GuardedProcess {
  stop(): Promise<void>;
}

/**
 * Runs a command that ends when its standard input does. Resolves once `port` answers on loopback; rejects with what the command wrote
 * if it ends before.
 */
export async function startGuarded(command: string, args: string[], port: number): Promise<GuardedProcess> {
  // In a group of its own: Ctrl+C is for this process, which then lets it go.
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => (output += error.message));
    child.once('close', () => {
      hasEnded = true;
      resolve();
    });
  });
  const stop = async () => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(timer);
  };

  const deadline = performance.now() + startMs;
  while (!hasEnded && performance.now() < deadline) {
    if (await answers(port)) {
      // Whoever waits for the end of this process does not wait for that one.
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as { unref?(): void }).unref?.();
      return { stop };
    }
    await sleep(50);
  }
  await stop();
  throw new Error(`${command} did not start:\n${output.trim()}`);
}

export async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Ports of loopback that were free a moment ago. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
