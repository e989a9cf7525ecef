import { createHmac } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import { keyFrom, weaknessOf } from './secret-strength.ts';
import { openSecretsFile, type SecretsPlace } from './secrets-file.ts';
import { ConfigError } from './server-config.ts';
import type { VariableValues } from './variables.ts';

const fromEnvironment = {
  refreshKey: 'PARLEY_REFRESH_KEY',
  passwordPepper: 'PARLEY_PASSWORD_PEPPER',
  throttleKey: 'PARLEY_THROTTLE_KEY',
} as const;
const listsFromEnvironment = {
  PARLEY_DATABASE_KEY: 'PARLEY_DATABASE_KEY',
  PARLEY_ACCESS_TOKEN_KEYS: 'PARLEY_ACCESS_TOKEN_KEYS (or JWT_SECRET)',
} as const;

/** Refuses weak secrets before anything is made of them. */
function weakSecrets(values: VariableValues): string[] {
  const given: [string, string | undefined][] = Object.values(fromEnvironment).map((name) => [name, values[name]]);
  for (const [name, shown] of Object.entries(listsFromEnvironment))
    for (const key of values[name as keyof typeof listsFromEnvironment] ?? []) given.push([shown, key]);
  return given.flatMap(([name, secret]) => {
    const weakness = secret === undefined ? null : weaknessOf(secret);
    return weakness === null ? [] : [`${name} ${weakness}; make one with: openssl rand -base64 48`];
  });
}

const decode = (key: string) => Buffer.from(key, 'base64url');

/** Secrets given by the environment win over those in the data folder. */
export function loadSecrets(values: VariableValues, place: SecretsPlace): Secrets {
  const weak = weakSecrets(values);
  if (weak.length > 0) throw new ConfigError(weak, 'secrets_weak');
  const signing = values.PARLEY_ACCESS_TOKEN_KEYS?.map((key) => keyFrom(key, 'accessTokenKey'));
  const [databaseKey, ...formerDatabaseKeys] =
    values.PARLEY_DATABASE_KEY?.map((key) => keyFrom(key, 'databaseKey')) ?? [];
  const isComplete = Object.values(fromEnvironment).every((name) => values[name] !== undefined);
  const file = isComplete && signing && databaseKey ? null : openSecretsFile(place);

  function pick(part: keyof typeof fromEnvironment): Uint8Array {
    const given = values[fromEnvironment[part]];
    return given === undefined ? decode(file?.[part] ?? '') : keyFrom(given, part);
  }

  return {
    databaseKey: databaseKey ?? decode(file?.databaseKey ?? ''),
    formerDatabaseKeys: databaseKey ? formerDatabaseKeys : (file?.formerDatabaseKeys ?? []).map(decode),
    isDatabaseKeyGiven: databaseKey !== undefined,
    accessTokenKeys: signing ?? file?.accessTokenKeys.map(({ key }) => decode(key)) ?? [],
    refreshKey: pick('refreshKey'),
    passwordPepper: pick('passwordPepper'),
    throttleKey: pick('throttleKey'),
  };
}

/**
 * Stand beside the data for the secrets that it is worth nothing without, by the variable's name: a server with others finds out when it
 * starts. They tell nothing about the secrets.
 */
export function printsOf(secrets: Pick<Secrets, 'refreshKey' | 'passwordPepper'>): Record<string, string> {
  const print = (key: Uint8Array) => createHmac('sha256', key).update('parley|print').digest('base64url').slice(0, 22);
  return {
    PARLEY_REFRESH_KEY: print(secrets.refreshKey),
    PARLEY_PASSWORD_PEPPER: print(secrets.passwordPepper),
  };
}
