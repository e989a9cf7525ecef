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
  secrets: Secrets;
}

/** What is wrong with the configuration: one sentence for each variable. */
export class ConfigError extends Error {
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigError';
    this.sentences = sentences;
  }
}
