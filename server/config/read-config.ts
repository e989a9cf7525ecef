import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inDataDir, makeDataDir } from './data-dir.ts';
import { loadSecrets } from './load-secrets.ts';
import { isLoopback } from '@parley/shared/model/loopback.ts';
import { readRates } from './read-rates.ts';
import { noticesOf } from './notices.ts';
import { readVariables, type Environment } from './read-variables.ts';
import { ConfigError, type ServerConfig } from './server-config.ts';
import type { VariableValues } from './variables.ts';

const mongodb = /^mongodb(\+srv)?:\/\//;

function problemsOfChoice(values: VariableValues): string[] {
  const problems: string[] = [];
  const url = values.DATABASE_URL ?? 'sqlite:';
  if (!url.startsWith('sqlite:') && !mongodb.test(url))
    problems.push('DATABASE_URL must begin with sqlite:, mongodb:// or mongodb+srv://.');
  else if (values.REDIS_URL && url.startsWith('sqlite:'))
    problems.push('REDIS_URL cannot be used with SQLite, which one process has to itself; unset it.');
  return problems;
}

export function databaseAt(url: string, dataDir: string): ServerConfig['database'] {
  if (mongodb.test(url)) return { kind: 'mongodb', url };
  const named = url.replace(/^sqlite:(\/\/(?=\/))?/, '');
  return { kind: 'sqlite', path: named === '' ? join(dataDir, 'parley.db') : resolve(named) };
}

/** Checks the whole environment at once; throws `ConfigError` with a sentence about everything that is wrong. Makes the data folder and its secrets. */
export function readConfig(environment: Environment = process.env, at = Date.now()): ServerConfig {
  const { values, problems } = readVariables(environment);
  const { rates, problems: rateProblems } = readRates(environment);
  const all = [...problems, ...rateProblems];
  if (all.length === 0) all.push(...problemsOfChoice(values));
  if (all.length > 0) throw new ConfigError(all);

  const dataDir = resolve(values.PARLEY_DATA_DIR);
  makeDataDir(dataDir);
  const database = databaseAt(values.DATABASE_URL ?? '', dataDir);
  const publicUrl = values.PARLEY_PUBLIC_URL?.replace(/\/$/, '');
  const isLocal = isLoopback(values.HOST) && (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname));
  return {
    dataDir,
    host: values.HOST,
    port: values.PORT,
    database,
    redisUrl: values.REDIS_URL,
    publicUrl,
    allowedOrigins: (values.PARLEY_ALLOWED_ORIGINS ?? []).map((origin) => origin.replace(/\/$/, '')),
    registration: values.PARLEY_REGISTRATION ?? (isLocal ? 'open' : 'closed'),
    discovery: values.PARLEY_DISCOVERY,
    rates,
    maxGroupMembers: values.PARLEY_MAX_GROUP_MEMBERS,
    registrationsPerHour: values.PARLEY_REGISTRATIONS_PER_HOUR,
    socketsPerAddress: values.PARLEY_SOCKETS_PER_ADDRESS,
    socketsPerUser: values.PARLEY_SOCKETS_PER_USER,
    trustedProxies: values.PARLEY_TRUSTED_PROXIES ?? [],
    logLevel: values.LOG_LEVEL,
    log: values.PARLEY_LOG,
    metricsToken: values.PARLEY_METRICS_TOKEN,
    drainMs: values.PARLEY_DRAIN_SECONDS * 1_000,
    secrets: inDataDir(dataDir, () =>
      loadSecrets(values, {
        dataDir,
        at,
        hasData: database.kind === 'sqlite' && existsSync(database.path),
        isShared: database.kind === 'mongodb',
      }),
    ),
    notices: noticesOf(environment),
  };
}
