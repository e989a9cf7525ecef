import { type HeardConversation, heardOf } from './notices.ts';

/** The one count that the title, the tray, dock, taskbar and launchers show. */
export interface HeardCount {
  /** 100 and above: at least so many. */
  messages: number;
  hasMention: boolean;
}

/** What a person wants to hear of, over all conversations. */
export function countHeard(conversations: Iterable<HeardConversation>, now: number): HeardCount {
  let messages = 0;
  let hasMention = false;
  for (const conversation of conversations) {
    const heard = heardOf(conversation, now);
    messages += heard.messages;
    hasMention ||= heard.isMention;
  }
  return { messages, hasMention };
}

/** When the first mute ends, and with it the count changes; `Infinity`: never by itself. */
export function nextMuteEnd(conversations: Iterable<HeardConversation>, now: number): number {
  let next = Infinity;
  for (const { mutedUntil = 0 } of conversations) if (mutedUntil > now && mutedUntil < next) next = mutedUntil;
  return next;
}
