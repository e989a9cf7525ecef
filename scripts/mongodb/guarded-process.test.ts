import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePorts, startGuarded } from './guarded-process.ts';

const listen = (port: number) => `require('node:net').createServer().listen(${port}, '127.0.0.1');`;
const untilStdinEnds = "process.stdin.resume().on('end', () => process.exit());";

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

test('a server is there when its port answers, and ends with its standard input', async () => {
  const [port = 0] = await findFreePorts(1);
  const { stop } = await startGuarded(process.execPath, ['-e', listen(port) + untilStdinEnds], port);
  await expect(isListening(port)).resolves.toBe(true);
  await stop();
  await expect(isListening(port)).resolves.toBe(false);
});

test('one that ends before it answers says why', async () => {
  const [port = 0] = await findFreePorts(1);
  const starting = startGuarded(process.execPath, ['-e', 'throw new Error("no room on the disk")'], port);
  await expect(starting).rejects.toThrow('no room on the disk');
  await expect(startGuarded('no-such-command', [], port)).rejects.toThrow('no-such-command');
});
