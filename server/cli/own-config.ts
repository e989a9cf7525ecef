import { loadDotEnv } from '../config/dot-env.ts';
import { databaseAt, readConfig } from '../config/read-config.ts';
import type { ServerConfig } from '../config/server-config.ts';

/** The configuration of the server this command is for. */
export function readOwnConfig(): ServerConfig {
  loadDotEnv();
  return readConfig();
}

/** The same, with its data in another place. */
export function readConfigWith(databaseUrl: string): ServerConfig {
  const config = readOwnConfig();
  return { ...config, database: databaseAt(databaseUrl, config.dataDir) };
}
