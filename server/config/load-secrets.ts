import type { Secrets } from './secrets.ts';
import { keyFrom, weaknessOf } from './secret-strength.ts';
import { openSecretsFile } from './secrets-file.ts';
import { ConfigError } from './server-config.ts';
import type { VariableValues } from './variables.ts';

const fromEnvironment = {
  databaseKey: 'PARLEY_DATABASE_KEY',
  refreshKey: 'PARLEY_REFRESH_KEY',
  passwordPepper: 'PARLEY_PASSWORD_PEPPER',
  throttleKey: 'PARLEY_THROTTLE_KEY',
} as const;

/** Refuses weak secrets before anything is made of them. */
export function weakSecrets(values: VariableValues): string[] {
  const given: [string, string | undefined][] = Object.values(fromEnvironment).map((name) => [name, values[name]]);
  for (const key of values.PARLEY_ACCESS_TOKEN_KEYS ?? [])
    given.push(['PARLEY_ACCESS_TOKEN_KEYS (or JWT_SECRET)', key]);
  return given.flatMap(([name, secret]) => {
    const weakness = secret === undefined ? null : weaknessOf(secret);
    return weakness === null ? [] : [`${name} ${weakness}; make one with: openssl rand -base64 48`];
  });
}

/** Secrets given by the environment win over those in the data folder. */
export function loadSecrets(values: VariableValues, dataDir: string, at: number, hasData: boolean): Secrets {
  const weak = weakSecrets(values);
  if (weak.length > 0) throw new ConfigError(weak);
  const isComplete = Object.values(fromEnvironment).every((name) => values[name] !== undefined);
  const signing = values.PARLEY_ACCESS_TOKEN_KEYS?.map((key) => keyFrom(key, 'accessTokenKey'));
  const file = isComplete && signing !== undefined ? null : openSecretsFile(dataDir, at, hasData);

  function pick(part: keyof typeof fromEnvironment): Uint8Array {
    const given = values[fromEnvironment[part]];
    return given === undefined ? Buffer.from(file?.[part] ?? '', 'base64url') : keyFrom(given, part);
  }

  return {
    databaseKey: pick('databaseKey'),
    accessTokenKeys: signing ?? file?.accessTokenKeys.map(({ key }) => Buffer.from(key, 'base64url')) ?? [],
    refreshKey: pick('refreshKey'),
    passwordPepper: pick('passwordPepper'),
    throttleKey: pick('throttleKey'),
  };
}
