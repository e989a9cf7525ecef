import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { snoozeUntil } from '@parley/shared/model/snooze.ts';
import type { ConnectionView } from '../../engine/api/views.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { statusLine } from './status-line.ts';
import { trayPicture, trayStateOf } from './tray-icon.ts';
import { type TrayContent, trayMenu, trayTooltip } from './tray-menu.ts';

test.each([
  ['mac', 'darwin'],
  ['windows', 'win32'],
  ['linux', 'linux'],
] as const)('on %s every state has its picture for every panel', (platform, folder) => {
  const resources = join(import.meta.dirname, '..', '..', '..', 'resources', folder);
  for (const state of ['normal', 'unread', 'mention'] as const) {
    for (const isDark of [true, false]) {
      const { file, denseFile = file } = trayPicture(platform, state, isDark, resources);
      expect([file, denseFile].filter((path) => !existsSync(path))).toEqual([]);
    }
  }
});

test('a mention shows before what is merely unread', () => {
  expect(trayStateOf({ messages: 0, hasMention: false })).toBe('normal');
  expect(trayStateOf({ messages: 3, hasMention: false })).toBe('unread');
  expect(trayStateOf({ messages: 3, hasMention: true })).toBe('mention');
});

describe('the status line', () => {
  const time = (at: number) => `12:0${at}`;
  const line = (...connections: ConnectionView[]) =>
    statusLine(
      connections.map((connection, index) => ({ connection, serverAddress: `https://${'abc'[index]}.example:8443` })),
      en.status,
      time,
    );

  test.each<[string, ConnectionView[]]>([
    ['Not signed in', []],
    ['Up to date as of 12:04', [{ kind: 'current', asOf: 4 }]],
    ['Catching up, 9 of 14 conversations', [{ kind: 'catching-up', done: 9, total: 14 }]],
    ['Catching up', [{ kind: 'catching-up', done: 0, total: 0 }]],
    ['Last confirmed 12:04, checking', [{ kind: 'checking', asOf: 4 }]],
    ['Looking for your server', [{ kind: 'checking' }]],
    ['Offline since 12:06', [{ kind: 'offline', since: 6 }]],
    ['No answer. Trying again', [{ kind: 'no-answer', retryAt: 9 }]],
    ['Signed out here. Sign in to go on', [{ kind: 'signed-out' }]],
    ['Parley needs an update', [{ kind: 'update-needed', which: 'client' }]],
    ['Your server needs an update', [{ kind: 'update-needed', which: 'server' }]],
  ])('says "%s"', (words, connections) => {
    expect(line(...connections)).toBe(words);
  });

  test('of several accounts tells of the one that is furthest off, and where', () => {
    expect(line({ kind: 'current', asOf: 4 }, { kind: 'no-answer', retryAt: 9 })).toBe(
      'b.example:8443: No answer. Trying again',
    );
    expect(line({ kind: 'current', asOf: 7 }, { kind: 'current', asOf: 4 })).toBe('Up to date as of 12:04');
  });
});

describe('the menu', () => {
  const content: TrayContent = { status: 'Up to date as of 12:04', unread: 0, isUpdateReady: false };
  const actions = { open() {}, openSettings() {}, snooze() {}, resume() {}, installUpdate() {}, quit() {} };
  const labels = (about: Partial<TrayContent>, words = en) =>
    trayMenu({ ...content, ...about }, words, actions).map(({ label, type }) => label ?? type);

  test('opens first, quits last, and says how things stand', () => {
    expect(labels({ unread: 3 })).toEqual([
      'Open Parley',
      'separator',
      'Up to date as of 12:04',
      '3 unread',
      'separator',
      'Snooze notifications',
      'Settings',
      'separator',
      'Quit Parley',
    ]);
    expect(labels({ unread: 0 })).not.toContain('0 unread');
    expect(labels({})).not.toContain('Restart to update');
    expect(labels({}, de).at(0)).toBe('Parley öffnen');
  });

  test('resumes only what is snoozed', () => {
    const submenu = (about: Partial<TrayContent>) =>
      trayMenu({ ...content, ...about }, en, actions).find(({ submenu: items }) => items !== undefined);
    expect(submenu({})?.submenu).toMatchObject([{}, {}, {}, {}, { label: 'Resume', enabled: false }]);
    expect(submenu({ snoozedUntil: '13:00' })).toMatchObject({
      label: 'Snoozed until 13:00',
      submenu: [{}, {}, {}, {}, { label: 'Resume', enabled: true }],
    });
  });

  test('does what its entries say', () => {
    const done: string[] = [];
    const menu = trayMenu({ ...content, isUpdateReady: true }, en, {
      open: () => void done.push('open'),
      openSettings: () => void done.push('settings'),
      snooze: (length) => void done.push(length),
      resume: () => void done.push('resume'),
      installUpdate: () => void done.push('update'),
      quit: () => void done.push('quit'),
    });
    for (const item of menu.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? entry.submenu : [])])) {
      (item.click as (() => void) | undefined)?.();
    }
    expect(done).toEqual(['open', 'half-an-hour', 'an-hour', 'until-tomorrow', 'resume', 'settings', 'update', 'quit']);
  });

  test('has a tooltip that says the same', () => {
    expect(trayTooltip('Parley', { ...content, unread: 3 }, en)).toBe('Parley\n3 unread\nUp to date as of 12:04');
  });
});

test('a snooze until tomorrow ends in the morning, even if it begins after midnight', () => {
  const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
  expect(snoozeUntil('half-an-hour', at(21, 9))).toBe(at(21, 9, 30));
  expect(snoozeUntil('an-hour', at(21, 9))).toBe(at(21, 10));
  expect(snoozeUntil('until-tomorrow', at(21, 22))).toBe(at(22, 8));
  expect(snoozeUntil('until-tomorrow', at(22, 1))).toBe(at(22, 8));
  expect(snoozeUntil('until-tomorrow', at(22, 8))).toBe(at(23, 8));
});
