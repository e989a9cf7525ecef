import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { FeedWriter } from './feed-writer.ts';

/** What a person wants to hear of a conversation, in the account's feed: the same on every device. */
export function putNotices(options: { writer: FeedWriter; feeds: FeedReader }): Answer<'putNotices'> {
  return (caller, { id, conversationId, choice, mutedUntil }) =>
    options.writer.submit({
      userId: caller.userId,
      intent: { id, operation: 'putNotices' },
      decide: async () => {
        if ((await options.feeds.readEntry(caller.userId, 'membership', conversationId)) === null)
          throw new DomainError('not_a_member', 'Not a conversation of yours');
        const held = await options.feeds.readEntry(caller.userId, 'notices', conversationId);
        if (held?.choice === choice && (held?.mutedUntil ?? 0) === mutedUntil) return { entries: [], answer: {} };
        const entry = { kind: 'notices' as const, key: conversationId, mutedUntil, ...(choice && { choice }) };
        return { entries: [entry], answer: {} };
      },
    });
}
