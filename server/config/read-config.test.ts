import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';
import { ConfigError } from './server-config.ts';

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

test('a value can lie in a file', () => {
  writeFileSync(join(dir, 'port'), '7001\n');
  expect(read({ PORT_FILE: join(dir, 'port') }).port).toBe(7001);
  expect(complaintsOf({ PORT_FILE: join(dir, 'nowhere') })).toEqual(['PORT_FILE names a file that cannot be read.']);
  expect(complaintsOf({ PORT: '1', PORT_FILE: join(dir, 'port') })[0]).toContain('keep one');
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
  const overMongodb = complaintsOf({ ...redis, DATABASE_URL: 'mongodb://localhost/parley' });
  expect(overMongodb[0]).toContain('REDIS_URL cannot be used');
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
    const { accessTokenKeys, ...others } = config.secrets;
    const keys = [...accessTokenKeys, ...Object.values(others)].map((key) => Buffer.from(key).toString('hex'));
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
});
