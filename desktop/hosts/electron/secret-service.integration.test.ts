import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, type TestContext } from 'vitest';

/** A desktop session with a keyring of its own, which is unlocked. */
const session = 'printf choir | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
const commands = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool'];
const missing = commands.filter((command) => spawnSync('which', [command]).status !== 0);

/** PARLEY_TEST_KEYCHAIN=required makes its absence a failure. */
function needSecretService(context: TestContext): void {
  if (missing.length === 0 || process.env['PARLEY_TEST_KEYCHAIN'] === 'required') return;
  context.skip(`${missing.join(', ')} not found`);
}

const token = 'canary-77aa-refresh-token';
const script = fileURLToPath(new URL('./testing/keep-and-tell.ts', import.meta.url));
let folder: string;
let profile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-keyring-'));
  profile = join(folder, 'profile');
});
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

/** Runs the command in the session of the person whose home this is. */
function runAs(home: string, command: string, ...args: string[]): string {
  const places = {
    HOME: join(folder, home),
    XDG_DATA_HOME: join(folder, home, 'data'),
    XDG_RUNTIME_DIR: join(folder, home),
  };
  mkdirSync(places.XDG_DATA_HOME, { recursive: true, mode: 0o700 });
  const run = spawnSync('dbus-run-session', ['--', 'sh', '-c', session, 'session', command, ...args], {
    env: { PATH: process.env['PATH'], ...places },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

function start(home: string, ...args: string[]): unknown {
  return JSON.parse(runAs(home, process.execPath, script, profile, ...args));
}

function filesWith(word: string): string[] {
  const paths = readdirSync(profile, { recursive: true, encoding: 'utf8' }).map((path) => join(profile, path));
  return paths.filter((path) => statSync(path).isFile() && readFileSync(path).includes(word));
}

test('E9 the Secret Service has the refresh token, and the profile has it nowhere', (context) => {
  needSecretService(context);
  const whole = { keeping: { kind: 'keychain' }, accounts: ['s1/u1'], drafts: [token], token, losses: [] };
  expect(start('ada', token)).toEqual(whole);
  expect(start('ada')).toEqual(whole);
  expect(filesWith(token)).toEqual([]);

  const account = `${readFileSync(join(profile, 'profile-id'), 'utf8')}/refresh-token/s1/u1`;
  expect(runAs('ada', 'secret-tool', 'lookup', 'service', 'Parley test', 'account', account)).toBe(token);
});

test('E9 a profile copied to another keychain shows no account, and stays sealed and whole', (context) => {
  needSecretService(context);
  start('ada', token);
  const nothing = { keeping: { kind: 'keychain' }, accounts: [], drafts: [], token: null, losses: ['key-missing'] };
  expect(start('mallory')).toEqual(nothing);
  expect(start('ada')).toMatchObject({ accounts: ['s1/u1'], drafts: [token] });
});

test('E9 without a Secret Service nothing is kept, and nothing of what was kept is touched', (context) => {
  needSecretService(context);
  start('ada', token);
  const alone = spawnSync(process.execPath, [script, profile], {
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  expect(JSON.parse(alone.stdout)).toMatchObject({
    keeping: { kind: 'unavailable', trouble: 'missing' },
    accounts: [],
  });
  expect(start('ada')).toMatchObject({ accounts: ['s1/u1'], drafts: [token] });
});
