import { ConfigError } from './config/server-config.ts';
import { readConfig } from './config/read-config.ts';
import { createServer } from './create-server.ts';

function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`Parley cannot start:\n${error.sentences.map((sentence) => `  - ${sentence}\n`).join('')}`);
    process.exit(2);
  }
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    process.stderr.write(`Parley cannot start: port ${String(port)} is in use; set PORT to another one.\n`);
    process.exit(2);
  }
  throw error;
}

async function start(): Promise<void> {
  const config = readConfig();
  const server = await createServer(config, { onFatal: () => process.exit(1) });
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const { url } = await server.listen();
  process.stdout.write(`Parley is ready at ${url} (data in ${config.dataDir})\n`);
}

await start().catch(fail);
