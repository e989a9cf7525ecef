import type { Rate, RateName } from '@parley/shared/contract/limits.ts';
import type { Secrets } from './secrets.ts';

/** Everything that differs from one server to the next, checked. */
export interface ServerConfig {
  /** Absolute. Everything the server keeps lies below it. */
  dataDir: string;
  host: string;
  /** 0: any free one. */
  port: number;
  database: { kind: 'sqlite'; path: string } | { kind: 'mongodb'; url: string };
  /** Connects this process with others that serve the same database. */
  redisUrl: string | undefined;
  /** The address people open, without a path; where it is not given, the loopback address with the port. */
  publicUrl: string | undefined;
  /** Origins of browsers that may use this server, beside the public URL and the loopback names. */
  allowedOrigins: string[];
  registration: 'open' | 'closed';
  discovery: 'members' | 'exact-email' | 'off';
  rates: Record<RateName, Rate>;
  maxGroupMembers: number;
  registrationsPerHour: number;
  socketsPerAddress: number;
  socketsPerUser: number;
  /** Addresses and subnets whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  log: 'file' | 'stdout' | 'stderr';
  /** Opens /metrics; where it is not given there is no such page. */
  metricsToken: string | undefined;
  /** How long a stopping server waits for what it is doing. */
  drainMs: number;
  secrets: Secrets;
  /** What is set and has no effect: one sentence each, for whoever starts the server. */
  notices: string[];
}

/**
 * - `config_invalid`: variables are wrong, or do not go together.
 * - `secrets_weak`, `secrets_missing`, `secrets_damaged`: as it says.
 * - `secrets_mismatch`: the data was made with other secrets.
 * - `database_in_use`, `database_missing`, `database_too_new`, `database_failed`: the database does not open, for another reason than its key.
 * - `redis_failed`: Redis does not answer.
 * - `data_dir_failed`: the system refuses what has to be done in the data folder.
 * - `port_in_use`: somebody else listens there.
 * - `listen_failed`: the system refuses to listen there, for another reason.
 */
export type ConfigCode =
  | 'config_invalid'
  | 'secrets_weak'
  | 'secrets_missing'
  | 'secrets_damaged'
  | 'secrets_mismatch'
  | 'database_in_use'
  | 'database_too_new'
  | 'database_missing'
  | 'database_failed'
  | 'redis_failed'
  | 'data_dir_failed'
  | 'port_in_use'
  | 'listen_failed';

/** Why a server cannot start: one sentence for each thing that somebody has to change. */
export class ConfigError extends Error {
  readonly sentences: readonly string[];
  readonly code: ConfigCode;

  constructor(sentences: readonly string[], code: ConfigCode = 'config_invalid') {
    super(sentences.join('\n'));
    this.name = 'ConfigError';
    this.sentences = sentences;
    this.code = code;
  }
}
