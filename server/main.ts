import { loadDotEnv } from './config/dot-env.ts';
import { readConfig } from './config/read-config.ts';
import { ConfigError, type ServerConfig } from './config/server-config.ts';
import { listenForCommands } from './control/control-socket.ts';
import { rotateKeys } from './control/rotate-keys.ts';
import { createServer, type ParleyServer } from './create-server.ts';
import { nameOwner, toldListenError } from './start-failure.ts';
import { startMessages } from './start-messages.ts';

/** A signal that comes twice by the way it was sent, from the terminal and from whoever started us, is one. */
const samePressMs = 1_000;
/** What closing the database may take after everything else has ended. */
const closingMs = 10_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    const sentences = error.sentences.map((sentence) => `  - ${sentence}\n`).join('');
    process.stderr.write(`Parley cannot start (${error.code}):\n${sentences}`);
    process.exit(2);
  }
  throw error;
}

/** Drains at the first signal. Whoever asks again, or a database that does not come to an end, does not keep the process. */
function stopOnSignals(server: ParleyServer, { drainMs }: ServerConfig): void {
  let askedAt: number | undefined;
  const stop = () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > samePressMs) process.exit(1);
      return;
    }
    askedAt = performance.now();
    say('Stopping ...');
    setTimeout(() => process.exit(1), drainMs + closingMs).unref();
    void server.close().then(
      () => process.stdout.write('Stopped.\n', () => process.exit(0)),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function start(): Promise<void> {
  loadDotEnv();
  const config = readConfig();
  for (const notice of config.notices) process.stderr.write(`${notice}\n`);
  const server = await createServer(config, { onFatal: () => process.exit(1) }).catch(async (error: unknown) => {
    throw await nameOwner(error, config.dataDir);
  });
  stopOnSignals(server, config);
  // Over MongoDB any process may do it; an SQLite file is this one's alone.
  if (config.database.kind === 'sqlite')
    await listenForCommands(config.dataDir, {
      'rotate-keys': () => rotateKeys(config, server),
      'process-id': () => Promise.resolve(String(process.pid)),
    }).catch(({ message }: Error) => process.stderr.write(`The command line cannot reach this server: ${message}\n`));
  const listening = await server.listen().catch((error: unknown) => {
    throw toldListenError(error, config);
  });
  say(startMessages(config, listening).join('\n'));
}

// Whoever reads along may end first.
process.stdout.on('error', () => {});
await start().catch(fail);
