import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ShellSettings } from '../../ipc/shell-api.ts';
import { defaultSettings } from './settings-schema.ts';
import { Settings } from './settings.ts';

let folder: string;
let file: string;
let unreadable: unknown[];
let hasTray: boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-settings-'));
  file = join(folder, 'settings.json');
  unreadable = [];
  hasTray = true;
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): Settings {
  return new Settings({ file, hasTray: () => hasTray, onUnreadable: (error) => void unreadable.push(error) });
}

const kept = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const { notifications } = defaultSettings(true);

test('without a file the defaults hold, and none is made', () => {
  expect(open().current).toEqual(defaultSettings(true));
  expect(existsSync(file)).toBe(false);
  expect(unreadable).toEqual([]);
});

test('closing goes to the tray by default where there is one, unless somebody has chosen', () => {
  const settings = open();
  hasTray = false;
  expect(settings.current.closesToTray).toBe(false);
  settings.change({ closesToTray: true });
  expect(settings.current.closesToTray).toBe(true);
});

test('what is changed holds for the next start, and is for its owner’s eyes only', () => {
  open().change({ startsAtLogin: true, notifications: { ...notifications, snoozedUntil: 12 } });
  expect(open().current).toEqual({
    ...defaultSettings(true),
    startsAtLogin: true,
    notifications: { ...notifications, snoozedUntil: 12 },
  });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('whoever listens hears what is now and what was before, until they stop', () => {
  const settings = open();
  const heard: [ShellSettings, ShellSettings][] = [];
  const end = settings.listen((now, before) => void heard.push([now, before]));
  settings.change({ startsAtLogin: true });
  end();
  settings.change({ startsAtLogin: false });
  expect(heard).toEqual([[{ ...defaultSettings(true), startsAtLogin: true }, defaultSettings(true)]]);
});

test('what another version has put there stays, at every depth', () => {
  writeFileSync(
    file,
    JSON.stringify({ theme: 'x', notifications: { tone: 'gong', quietHours: { days: [1] } }, hasExplainedTray: true }),
  );
  const settings = open();
  settings.change({ startsHidden: false, notifications });
  expect(kept()).toEqual({
    theme: 'x',
    hasExplainedTray: true,
    startsHidden: false,
    notifications: { ...notifications, tone: 'gong', quietHours: { ...notifications.quietHours, days: [1] } },
  });
  expect(open().hasExplainedTray).toBe(true);
});

test('a value that does not fit counts as not chosen, and takes no other with it', () => {
  writeFileSync(
    file,
    JSON.stringify({ startsAtLogin: 'yes', startsHidden: false, notifications: { isOn: false, snoozedUntil: -1 } }),
  );
  expect(open().current).toEqual({
    ...defaultSettings(true),
    startsHidden: false,
    notifications: { ...notifications, isOn: false },
  });
});

describe('a file that cannot be read', () => {
  test.each(['', '{"startsAtLogin": tr', '[]', '"text"', 'null'])('%j is set aside, and the defaults hold', (text) => {
    writeFileSync(file, text);
    const settings = open();
    expect(settings.current).toEqual(defaultSettings(true));
    expect(unreadable).toHaveLength(1);
    settings.change({ startsAtLogin: true });
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
    expect(kept()).toEqual({ startsAtLogin: true });
  });

  test('as a folder in its place is told, and writing fails without changing what holds', () => {
    mkdirSync(file);
    const settings = open();
    expect(unreadable).toHaveLength(1);
    expect(() => settings.change({ startsAtLogin: true })).toThrow(/EISDIR|directory/);
    expect(settings.current.startsAtLogin).toBe(false);
  });
});
