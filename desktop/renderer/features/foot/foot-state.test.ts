import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../engine/api/views.ts';
import { chooseLanguage, startI18n } from '../../i18n/start-i18n.ts';
import { createFormat } from '../../i18n/use-format.ts';
import { footState } from './foot-state.ts';

const at = (hours: number, minutes: number, seconds = 0) => new Date(2026, 10, 21, hours, minutes, seconds).getTime();
const now = at(12, 6);
const t = startI18n(chooseLanguage(['en'])).getFixedT('en', 'connection');
const foot = (connection: ConnectionView, waiting = 0) =>
  footState(t, createFormat('en-GB'), connection, { waiting, now });

describe('the line at the foot of the list', () => {
  it.each<[ConnectionView, number, string, object]>([
    [{ kind: 'current', asOf: at(12, 4, 31) }, 0, 'Up to date as of 12:04', { tone: 'primary', solid: 1 }],
    [
      { kind: 'catching-up', done: 9, total: 14 },
      0,
      'Catching up, 9 of 14 conversations',
      { tone: 'primary', solid: 9 / 14 },
    ],
    [{ kind: 'catching-up', done: 0, total: 1 }, 0, 'Catching up, 0 of 1 conversation', { tone: 'primary', solid: 0 }],
    [{ kind: 'catching-up', done: 0, total: 0 }, 0, 'Catching up', { tone: 'primary', solid: 0 }],
    [{ kind: 'checking', asOf: at(12, 4) }, 0, 'Last confirmed 12:04, checking', { tone: 'accent-ink', solid: 0 }],
    [{ kind: 'checking' }, 0, 'Looking for your server', { tone: 'accent-ink', solid: 0 }],
    [{ kind: 'offline', since: at(12, 6) }, 2, 'Offline since 12:06, 2 waiting', { tone: 'ink-3', solid: 0 }],
    [{ kind: 'offline', since: at(12, 6) }, 0, 'Offline since 12:06', { tone: 'ink-3' }],
    [
      { kind: 'no-answer', retryAt: now + 7001 },
      0,
      'No answer. Trying again in 8 s',
      { tone: 'error-ink', action: 'try-now' },
    ],
    [{ kind: 'no-answer', retryAt: now - 5 }, 0, 'No answer. Trying again', { action: 'try-now' }],
    [{ kind: 'signed-out' }, 0, 'Signed out here. Sign in to go on', { tone: 'error-ink', action: 'sign-in' }],
    [{ kind: 'update-needed', which: 'client' }, 0, 'Parley needs an update', { tone: 'error-ink' }],
    [{ kind: 'update-needed', which: 'server' }, 0, 'This server needs an update', { tone: 'error-ink' }],
  ])('%j with %d waiting says "%s"', (connection, waiting, words, more) => {
    expect(foot(connection, waiting)).toMatchObject({ words, ...more });
  });

  it('says to the second when everything was checked', () => {
    expect(foot({ kind: 'current', asOf: at(12, 4, 31) }).tooltip).toBe(
      'Everything your server has is here, checked 12:04:31',
    );
  });
});
