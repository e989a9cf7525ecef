import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type DestinationStream } from 'pino';
import { inDataDir } from '../config/data-dir.ts';
import type { ServerConfig } from '../config/server-config.ts';
import type { Log } from '../domain/log.ts';
import { allowedDetails } from './allowed-details.ts';

export interface ServerLog extends Log {
  /** Resolves when what was said is written. */
  close(): Promise<void>;
}

function openLogFile(dataDir: string): number {
  const folder = join(dataDir, 'logs');
  return inDataDir(dataDir, () => {
    mkdirSync(folder, { recursive: true });
    return openSync(join(folder, 'server.log'), 'a');
  });
}

function destinationOf({ log, dataDir }: Pick<ServerConfig, 'log' | 'dataDir'>) {
  const dest = log === 'file' ? openLogFile(dataDir) : log === 'stdout' ? 1 : 2;
  return pino.destination({ dest, sync: false });
}

function over(level: string, stream: DestinationStream): Log {
  // Neither the host's name nor the process' id belongs to what happened.
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    info: (event, details) => logger.info(allowedDetails(details), event),
    warn: (event, details) => logger.warn(allowedDetails(details), event),
    error: (event, details) => logger.error(allowedDetails(details), event),
  };
}

/** Lines of JSON, to where the configuration says. Throws `ConfigError` where that cannot be. */
export function createLog(config: Pick<ServerConfig, 'log' | 'dataDir' | 'logLevel'>): ServerLog {
  const stream = destinationOf(config);
  return {
    ...over(config.logLevel, stream),
    close: () =>
      new Promise((resolve) => {
        stream.once('close', resolve);
        stream.once('error', () => resolve());
        stream.end();
      }),
  };
}

/** Lines of JSON into a function, for tests. */
export function createLogInto(write: (line: string) => void): ServerLog {
  return { ...over('info', { write }), close: () => Promise.resolve() };
}
