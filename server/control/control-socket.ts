import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What the command line may ask of a running server. Each answers a sentence for whoever asked. */
export type ControlCommands = Readonly<Record<string, () => Promise<string>>>;

type Answer = { said: string } | { failed: string };

/** Beside the data, for its owner only: whoever may read the secrets may command the server. */
function addressIn(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'control.sock');
  return `\\\\.\\pipe\\parley-${createHash('sha256').update(dataDir).digest('hex').slice(0, 32)}`;
}

async function answer(commands: ControlCommands, name: string): Promise<Answer> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    return { failed: `The running server has no command "${name}": it is of another version.` };
  try {
    return { said: await command() };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Called by the one server that has the data; what a crashed one has left is put aside. Answers how to stop listening. */
export async function listenForCommands(dataDir: string, commands: ControlCommands): Promise<() => void> {
  const address = addressIn(dataDir);
  const serve = (socket: Socket) => {
    socket.on('error', () => socket.destroy());
    createInterface(socket).once('line', (name) => {
      void answer(commands, name).then((told) => socket.end(`${JSON.stringify(told)}\n`));
    });
  };
  const server = createServer(serve).unref();
  rmSync(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(address, resolve);
  });
  if (process.platform !== 'win32') chmodSync(address, 0o600);
  return () => void server.close();
}

/** What the server that runs on this data says; `null` where none runs. Rejects with its words where it could not. */
export async function commandServer(dataDir: string, name: string): Promise<string | null> {
  const socket = connect(addressIn(dataDir));
  const line = new Promise<string | null>((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
    socket.once('close', () => reject(new Error('The server ended before it had answered.')));
    createInterface(socket)
      .once('line', resolve)
      .on('error', () => {});
  });
  socket.write(`${name}\n`);
  const told = await line.finally(() => socket.destroy());
  if (told === null) return null;
  const said = JSON.parse(told) as Answer;
  if ('failed' in said) throw new Error(said.failed);
  return said.said;
}
