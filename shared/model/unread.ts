import type { ReceivedMessage } from '../contract/entities/message.ts';
import { mentionsPerson } from './mentions.ts';

/** Beyond this many, a count is shown as "99+". */
export const unreadCountMax = 99;

/** Whether a message counts as unread for `viewerId`: by a person, by somebody else, not deleted, above the read marker. */
export function countsAsUnread(message: ReceivedMessage, viewerId: string, readSeq: number): boolean {
  return message.kind === 'text' && message.authorId !== viewerId && message.seq > readSeq;
}

/** Whether it counts as unread and calls its reader by name. */
export function isUnreadMention(
  message: ReceivedMessage,
  viewer: { userId: string; name: string },
  readSeq: number,
): boolean {
  return (
    countsAsUnread(message, viewer.userId, readSeq) &&
    message.kind === 'text' &&
    mentionsPerson(message.text, viewer.name)
  );
}

/** The one source of every unread number: list, title, tray and badge. */
export function countUnread(messages: Iterable<ReceivedMessage>, viewerId: string, readSeq: number): number {
  let count = 0;
  for (const message of messages) if (countsAsUnread(message, viewerId, readSeq)) count += 1;
  return count;
}
