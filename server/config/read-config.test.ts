import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from './read-config.ts';
import { rateVariables } from './read-rates.ts';
import { readVariable } from './read-variables.ts';
import { changeDatabaseKey, forgetFormerKeys } from './secrets-file.ts';
import { ConfigError } from './server-config.ts';
import { variables, type Variable } from './variables.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const read = (environment: Record<string, string> = {}, at?: number) =>
  readConfig({ PARLEY_DATA_DIR: join(dir, 'data'), ...environment }, at);
function complaintsOf(environment: Record<string, string>): readonly string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
}
const strong = (seed: string) => `${seed}-Kx93mQpLz71VbtYc20RwHs8NdJf45GaE`;

test('a server that is told nothing listens on loopback and lets people register', () => {
  const config = read();
  expect(config).toMatchObject({ host: '127.0.0.1', port: 7440, registration: 'open', discovery: 'exact-email' });
  expect(config.database).toEqual({ kind: 'sqlite', path: join(config.dataDir, 'parley.db') });
});

test.each([
  [{ HOST: '0.0.0.0' }, 'closed'],
  [{ PARLEY_PUBLIC_URL: 'https://chat.example.org' }, 'closed'],
  [{ HOST: '0.0.0.0', PARLEY_REGISTRATION: 'open' }, 'open'],
  [{ HOST: '::1' }, 'open'],
])('with %o registration is %s', (environment, registration) => {
  expect(read(environment).registration).toBe(registration);
});

test('every wrong variable gets a sentence, all at once', () => {
  const complaints = complaintsOf({
    PORT: 'seven',
    LOG_LEVEL: 'loud',
    PARLEY_RATE_MESSAGES: 'fast',
    PARLEY_PUBLIC_URL: 'chat',
  });
  expect(complaints).toHaveLength(4);
  expect(complaints.join('\n')).toContain('PORT must be a whole number from 0 to 65535 (it is "seven").');
});

test('says when the data folder cannot be used', () => {
  mkdirSync(join(dir, 'data', 'secrets.json'), { recursive: true });
  expect(() => read()).toThrow(expect.objectContaining({ code: 'data_dir_failed' }));
});

test('a value can lie in a file', () => {
  writeFileSync(join(dir, 'port'), '7001\n');
  expect(read({ PORT_FILE: join(dir, 'port') }).port).toBe(7001);
  expect(complaintsOf({ PORT_FILE: join(dir, 'nowhere') })).toEqual(['PORT_FILE names a file that cannot be read.']);
  expect(complaintsOf({ PORT: '1', PORT_FILE: join(dir, 'port') })).toEqual([
    'PORT and PORT_FILE say different things; keep one.',
  ]);
});

test.each(Object.entries<Variable>({ ...variables, ...rateVariables }))('%s can lie in a file', (name, entry) => {
  writeFileSync(join(dir, 'value'), 'what is in the file\n');
  const given = { ...entry, schema: z.string() };
  expect(readVariable({ [`${name}_FILE`]: join(dir, 'value') }, name, given)).toEqual({ value: 'what is in the file' });
});

test('a name of another project means the same, and may not say something else', () => {
  expect(read({ PARLEY_PORT: '7002' }).port).toBe(7002);
  expect(complaintsOf({ PORT: '7001', PARLEY_PORT: '7002' })).toEqual([
    'PORT and PARLEY_PORT say different things; keep one.',
  ]);
});

test('what is set and has no effect is said', () => {
  const notices = read({ CLOUDINARY_URL: 'cloudinary://key:hunter22@cloud', PARLEY_PROT: '1', PATH: '/bin' }).notices;
  expect(notices).toEqual([
    'CLOUDINARY_URL is ignored: this version of Parley keeps no files, so there is nothing to hand to Cloudinary.',
    'PARLEY_PROT is ignored: Parley has no such variable.',
  ]);
});

test.each(['10.0.0.0/8', 'loopback', '::1, 192.168.0.1'])('%s may be trusted as a proxy', (proxies) => {
  expect(complaintsOf({ PARLEY_TRUSTED_PROXIES: proxies })).toEqual([]);
});

test.each(['nginx', '10.0.0.0/33', '10.0.0.0/8/8'])('%s is no proxy', (proxies) => {
  expect(complaintsOf({ PARLEY_TRUSTED_PROXIES: proxies })[0]).toContain('PARLEY_TRUSTED_PROXIES must be');
});

test.each(['DATABASE_URL', 'MONGO_URI'])('%s chooses MongoDB', (name) => {
  const url = 'mongodb://db.example.org/parley';
  expect(read({ [name]: url }).database).toEqual({ kind: 'mongodb', url });
});

test('an address of another kind of database is refused and not repeated', () => {
  const [complaint = ''] = complaintsOf({ DATABASE_URL: 'postgres://me:hunter22@db/parley' });
  expect(complaint).toContain('DATABASE_URL must begin with sqlite:, mongodb://');
  expect(complaint).not.toContain('hunter22');
});

test('Redis is refused where one process has the data to itself', () => {
  const redis = { REDIS_URL: 'redis://localhost' };
  expect(complaintsOf(redis)[0]).toContain('REDIS_URL cannot be used with SQLite');
  expect(read({ ...redis, DATABASE_URL: 'mongodb://localhost/parley' }).redisUrl).toBe(redis.REDIS_URL);
});

test('what is no address of Redis is refused and not repeated', () => {
  const [complaint = ''] = complaintsOf({
    REDIS_URL: 'localhost:hunter22',
    DATABASE_URL: 'mongodb://localhost/parley',
  });
  expect(complaint).toContain('REDIS_URL must be a Redis address');
  expect(complaint).not.toContain('hunter22');
});

test('a rate can be set', () => {
  expect(read({ PARLEY_RATE_CONTACTS: '48/day', PARLEY_RATE_TYPING: '2/s burst 9' }).rates).toMatchObject({
    contacts: { perSecond: 48 / 86_400, burst: 48 },
    typing: { perSecond: 2, burst: 9 },
  });
});

describe('S19 secrets', () => {
  test('are made at the first start, for their owner only, and stay', () => {
    const first = read();
    const path = join(first.dataDir, 'secrets.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(read().secrets).toEqual(first.secrets);
    expect(first.secrets.databaseKey).toHaveLength(32);
  });

  test('of two servers are different', () => {
    const other = readConfig({ PARLEY_DATA_DIR: join(dir, 'other') });
    expect(other.secrets.databaseKey).not.toEqual(read().secrets.databaseKey);
  });

  test('are never made anew beside data that needs the old ones', () => {
    const { dataDir } = read();
    rmSync(join(dataDir, 'secrets.json'));
    writeFileSync(join(dataDir, 'parley.db'), 'data');
    expect(complaintsOf({})[0]).toContain('secrets.json is missing');
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false);
  });

  test('that are damaged stop the start', () => {
    const { dataDir } = read();
    writeFileSync(join(dataDir, 'secrets.json'), '{');
    expect(complaintsOf({})[0]).toContain('damaged');
  });

  test.each([
    ['short', 'shorter than 32'],
    ['a'.repeat(64), 'too few different'],
    ['please-changeme-please-changeme-1234567890', 'placeholder'],
    ['your-secret-key-0123456789-abcdefghijkl', 'placeholder'],
  ])('such as %s are refused', (secret, why) => {
    expect(complaintsOf({ JWT_SECRET: secret })[0]).toContain(why);
    expect(complaintsOf({ PARLEY_REFRESH_KEY: secret })[0]).toContain(why);
  });

  test('a complaint about a secret does not repeat it', () => {
    expect(complaintsOf({ JWT_SECRET: 'hunter22hunter22' }).join()).not.toContain('hunter22');
  });

  test('all from the environment leave no file', () => {
    const names = [
      'PARLEY_DATABASE_KEY',
      'JWT_SECRET',
      'PARLEY_REFRESH_KEY',
      'PARLEY_PASSWORD_PEPPER',
      'PARLEY_THROTTLE_KEY',
    ];
    const config = read(Object.fromEntries(names.map((name) => [name, strong('same')])));
    expect(existsSync(join(config.dataDir, 'secrets.json'))).toBe(false);
    const { accessTokenKeys, formerDatabaseKeys, isDatabaseKeyGiven: _, ...others } = config.secrets;
    const keys = [...accessTokenKeys, ...formerDatabaseKeys, ...Object.values(others)].map((key) =>
      Buffer.from(key).toString('hex'),
    );
    expect(new Set(keys).size).toBe(names.length);
  });

  test('S4 the signing key changes after a month and the one before it still counts', () => {
    const day = 86_400_000;
    const [first] = read({}, 1_000 * day).secrets.accessTokenKeys;
    const later = read({}, 1_031 * day).secrets.accessTokenKeys;
    expect(later).toHaveLength(2);
    expect(later[1]).toEqual(first);
    expect(read({}, 1_062 * day).secrets.accessTokenKeys).toHaveLength(2);
    expect(readFileSync(join(dir, 'data', 'secrets.json'), 'utf8')).not.toContain(
      Buffer.from(first ?? []).toString('base64url'),
    );
  });

  test('S18 the key of the database changes without the old one being lost, and goes on where it was interrupted', () => {
    const { dataDir, secrets } = read();
    const [fresh, former] = changeDatabaseKey(dataDir);
    expect(former).toEqual(secrets.databaseKey);
    expect(changeDatabaseKey(dataDir)).toEqual([fresh, former]);
    expect(read().secrets).toEqual({ ...secrets, databaseKey: fresh, formerDatabaseKeys: [former] });
    forgetFormerKeys(dataDir);
    expect(read().secrets).toEqual({ ...secrets, databaseKey: fresh });
  });

  test('S18 of several keys of the database the first seals', () => {
    const { secrets } = read({ PARLEY_DATABASE_KEY: `${strong('new')},${strong('old')}` });
    expect(secrets.databaseKey).toEqual(read({ PARLEY_DATABASE_KEY: strong('new') }).secrets.databaseKey);
    expect(secrets.formerDatabaseKeys).toEqual([read({ PARLEY_DATABASE_KEY: strong('old') }).secrets.databaseKey]);
  });

  test('S4 the signing key stays where other processes would not know of a new one', () => {
    const shared = { DATABASE_URL: 'mongodb://db.example.org/parley' };
    const first = read(shared, 0).secrets.accessTokenKeys;
    expect(read(shared, 100 * 86_400_000).secrets.accessTokenKeys).toEqual(first);
  });
});
