import type { NoticePreferences } from '../../ipc/shell-api.ts';

/** What of a conversation is counted; all but `unread` may be missing. */
export interface CountedConversation {
  /** 0 to 100; 100 means more than 99. */
  unread: number;
  /** How many of them call the person by name. */
  mentions?: number;
  notify?: NoticePreferences['choice'];
  /** Milliseconds since 1970. */
  mutedUntil?: number;
}

/** The one count that tray, dock, taskbar and launchers show. */
export interface UnreadCount {
  /** 100 and above: at least so many. */
  messages: number;
  hasMention: boolean;
}

/** What a person wants to hear of: nothing of muted conversations, and only the mentions where they chose so. */
export function countUnread(conversations: Iterable<CountedConversation>, now: number): UnreadCount {
  let messages = 0;
  let hasMention = false;
  for (const { unread, mentions = 0, notify = 'all', mutedUntil = 0 } of conversations) {
    if (now < mutedUntil || notify === 'nothing') continue;
    messages += notify === 'mentions' ? mentions : unread;
    hasMention ||= mentions > 0;
  }
  return { messages, hasMention };
}

/** When the first mute ends, and with it the count changes; `Infinity`: never by itself. */
export function nextMuteEnd(conversations: Iterable<CountedConversation>, now: number): number {
  let next = Infinity;
  for (const { mutedUntil = 0 } of conversations) if (mutedUntil > now && mutedUntil < next) next = mutedUntil;
  return next;
}
