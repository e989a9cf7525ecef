import type { NoticeChoice } from '@parley/shared/contract/entities/feed.ts';
import { isMuted } from '@parley/shared/model/notices.ts';
import type { NoticePreferences, NoticeReason } from '../../ipc/shell-api.ts';

export interface Circumstances {
  preferences: NoticePreferences;
  /** Milliseconds since 1970. */
  now: number;
  /** On the wall where this device stands. */
  minuteOfDay: number;
  /** The conversation is open in a window that has the focus, scrolled to its newest message. */
  isOnScreen: boolean;
  /** How many of this conversation were shown one by one within the last moments. */
  shownLately: number;
}

export interface NoticedConversation {
  /** Missing: what holds for all conversations. */
  notify?: NoticeChoice;
  /** Milliseconds since 1970, `Infinity` for ever; 0 and times in the past: not muted. */
  mutedUntil: number;
}

export interface NoticeDecision {
  /** One notification for each message, one for all of them, or none. */
  show: 'each' | 'summary' | 'nothing';
  reason: NoticeReason;
}

/** So many of one conversation are shown one by one; the next ones together. */
export const shownOneByOne = 3;

/** Whether a person is told of messages of one conversation. What is decided here depends on nothing else. */
export function decideNotice(
  arrival: { how: 'live' | 'missed'; hasMention: boolean; conversation: NoticedConversation },
  circumstances: Circumstances,
): NoticeDecision {
  const silent = reasonForSilence(arrival, circumstances);
  if (silent !== undefined) return { show: 'nothing', reason: silent };
  if (arrival.how === 'missed') return { show: 'summary', reason: 'missed' };
  if (circumstances.shownLately >= shownOneByOne) return { show: 'summary', reason: 'many-at-once' };
  return { show: 'each', reason: arrival.hasMention ? 'mention' : 'new-message' };
}

function reasonForSilence(
  { hasMention, conversation }: { hasMention: boolean; conversation: NoticedConversation },
  { preferences, now, minuteOfDay, isOnScreen }: Circumstances,
): NoticeReason | undefined {
  if (isOnScreen) return 'on-screen';
  if (!preferences.isOn) return 'turned-off';
  const choice = conversation.notify ?? preferences.choice;
  if (choice === 'nothing') return 'nothing-chosen';
  if (isMuted(conversation.mutedUntil, now)) return 'muted';
  if (choice === 'mentions' && !hasMention) return 'no-mention';
  if (now < preferences.snoozedUntil) return 'snoozed';
  if (preferences.quietHours.isOn && isWithin(minuteOfDay, preferences.quietHours)) return 'quiet-hours';
  return undefined;
}

/** Hours that end before they begin go over midnight. */
function isWithin(minute: number, { fromMinute, untilMinute }: { fromMinute: number; untilMinute: number }): boolean {
  if (fromMinute <= untilMinute) return minute >= fromMinute && minute < untilMinute;
  return minute >= fromMinute || minute < untilMinute;
}
