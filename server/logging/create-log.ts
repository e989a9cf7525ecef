import { join } from 'node:path';
import { pino, type DestinationStream } from 'pino';
import type { ServerConfig } from '../config/server-config.ts';
import type { Log } from '../domain/log.ts';
import { allowedDetails } from './allowed-details.ts';

export interface ServerLog extends Log {
  /** Resolves when what was said is written. */
  close(): Promise<void>;
}

function destinationOf(config: Pick<ServerConfig, 'log' | 'dataDir'>) {
  if (config.log === 'file')
    return pino.destination({ dest: join(config.dataDir, 'logs', 'server.log'), mkdir: true, sync: false });
  return pino.destination({ dest: config.log === 'stdout' ? 1 : 2, sync: false });
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

/** Lines of JSON, to where the configuration says. */
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
