import type { NoticeChoice } from '../contract/entities/feed.ts';

/** `mutedUntil` of a conversation that is muted for good: no date lies later. */
export const forGood = 8_640_000_000_000_000;

/** Whether a conversation is muted at `now`; both in milliseconds since 1970. */
export function isMuted(mutedUntil: number, now: number): boolean {
  return now < mutedUntil;
}

/** What of a conversation's unread messages its person wants to hear of: list, tray and badge go by it. */
export interface Heard {
  messages: number;
  /** One of them calls the person by name. */
  isMention: boolean;
  /** Nothing of this conversation is told. */
  isSilent: boolean;
}

/** A conversation as far as it matters here; what is missing is as nobody has set it. */
export interface HeardConversation {
  /** 0 to 100; 100 means more than 99. */
  unread: number;
  /** How many of them call the person by name. */
  mentions?: number;
  notify?: NoticeChoice;
  /** Milliseconds since 1970. */
  mutedUntil?: number;
}

/** Nothing of muted conversations, and only the mentions where the person chose so. */
export function heardOf(conversation: HeardConversation, now: number): Heard {
  const { unread, mentions = 0, notify = 'all', mutedUntil = 0 } = conversation;
  if (notify === 'nothing' || isMuted(mutedUntil, now)) return { messages: 0, isMention: false, isSilent: true };
  return { messages: notify === 'mentions' ? mentions : unread, isMention: mentions > 0, isSilent: false };
}
