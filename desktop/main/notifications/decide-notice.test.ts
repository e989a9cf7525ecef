import { describe, expect, test } from 'vitest';
import type { NoticePreferences, NoticeReason } from '../../ipc/shell-api.ts';
import { type Circumstances, decideNotice, type NoticedConversation } from './decide-notice.ts';

const preferences: NoticePreferences = {
  isOn: true,
  choice: 'all',
  shows: 'message',
  hasSound: true,
  quietHours: { isOn: false, fromMinute: 0, untilMinute: 0 },
  snoozedUntil: 0,
};
const circumstances: Circumstances = { preferences, now: 1_000, minuteOfDay: 720, isOnScreen: false, shownLately: 0 };
const conversation: NoticedConversation = { mutedUntil: 0 };

interface About {
  how?: 'live' | 'missed';
  hasMention?: boolean;
  conversation?: Partial<NoticedConversation>;
  preferences?: Partial<NoticePreferences>;
  circumstances?: Partial<Circumstances>;
}

function decide(about: About = {}) {
  return decideNotice(
    { how: 'live', hasMention: false, ...about, conversation: { ...conversation, ...about.conversation } },
    { ...circumstances, ...about.circumstances, preferences: { ...preferences, ...about.preferences } },
  );
}

describe('somebody is told', () => {
  test.each<[string, About, ReturnType<typeof decide>]>([
    ['of a message', {}, { show: 'each', reason: 'new-message' }],
    ['that they are called', { hasMention: true }, { show: 'each', reason: 'mention' }],
    ['once of all they missed', { how: 'missed' }, { show: 'summary', reason: 'missed' }],
    [
      'of the third of a burst by itself',
      { circumstances: { shownLately: 2 } },
      { show: 'each', reason: 'new-message' },
    ],
    [
      'of the fourth and later ones together',
      { circumstances: { shownLately: 3 } },
      { show: 'summary', reason: 'many-at-once' },
    ],
    [
      'that they are called where they chose only that',
      { hasMention: true, conversation: { notify: 'mentions' } },
      { show: 'each', reason: 'mention' },
    ],
    ['when the mute is over', { conversation: { mutedUntil: 1_000 } }, { show: 'each', reason: 'new-message' }],
    ['when the snooze is over', { preferences: { snoozedUntil: 1_000 } }, { show: 'each', reason: 'new-message' }],
  ])('%s', (_, about, decision) => {
    expect(decide(about)).toEqual(decision);
  });
});

describe('somebody is not told', () => {
  test.each<[string, About, NoticeReason]>([
    ['of what they are looking at', { circumstances: { isOnScreen: true } }, 'on-screen'],
    ['with notifications off', { preferences: { isOn: false } }, 'turned-off'],
    [
      'where they chose nothing, though they are called',
      { hasMention: true, conversation: { notify: 'nothing' } },
      'nothing-chosen',
    ],
    ['where they chose mentions and are not called', { conversation: { notify: 'mentions' } }, 'no-mention'],
    ['of a muted conversation', { conversation: { mutedUntil: 1_001 } }, 'muted'],
    ['of one that is muted for ever', { conversation: { mutedUntil: Infinity } }, 'muted'],
    [
      'while they snooze, of what they missed either',
      { how: 'missed', preferences: { snoozedUntil: 1_001 } },
      'snoozed',
    ],
  ])('%s', (_, about, reason) => {
    expect(decide(about)).toEqual({ show: 'nothing', reason });
  });

  test.each([
    [{ fromMinute: 720, untilMinute: 780 }, true],
    [{ fromMinute: 660, untilMinute: 720 }, false],
    [{ fromMinute: 1_320, untilMinute: 420 }, false],
    [{ fromMinute: 700, untilMinute: 60 }, true],
    [{ fromMinute: 0, untilMinute: 0 }, false],
  ])('at noon in quiet hours %j: %s', (quietHours, isQuiet) => {
    expect(decide({ preferences: { quietHours: { isOn: true, ...quietHours } } }).reason === 'quiet-hours').toBe(
      isQuiet,
    );
  });
});
