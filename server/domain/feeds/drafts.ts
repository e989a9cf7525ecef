import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Answer } from '../domain.ts';
import type { OutputOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import { DomainError } from '../domain-error.ts';
import type { FeedWriter } from './feed-writer.ts';

type Outcome = OutputOf<Operations['putDraft']>;

const maxDrafts = 1_000;

/**
 * What is typed and not sent, for the person's other devices. A text says over which version it was written, so a retry and a late
 * device are told apart by that alone, and no intent is recorded.
 */
export function putDraft(options: { writer: FeedWriter; feeds: FeedReader }): Answer<'putDraft'> {
  return (caller, { conversationId, text, baseVersion }) =>
    options.writer.submit<Outcome>({
      userId: caller.userId,
      decide: async (rev) => {
        const current = await options.feeds.readEntry(caller.userId, 'draft', conversationId);
        const version = current?.rev ?? 0;
        if ((current?.text ?? '') === text) return { entries: [], answer: { outcome: 'kept', version } };
        if (version !== baseVersion) {
          return { entries: [], answer: { outcome: 'conflict', version, text: current?.text ?? '' } };
        }
        if (text === '') {
          return {
            entries: [{ kind: 'tombstone', of: 'draft', key: conversationId }],
            answer: { outcome: 'kept', version: 0 },
          };
        }
        if (current === null) await requireRoom(options.feeds, caller.userId);
        return {
          entries: [{ kind: 'draft', key: conversationId, text }],
          answer: { outcome: 'kept', version: rev },
        };
      },
    });
}

/** A draft may belong to a conversation that comes to be with it, so what bounds drafts is their number. */
async function requireRoom(feeds: FeedReader, userId: string): Promise<void> {
  const drafts = await feeds.readEntries(userId, 'draft');
  if (drafts.length >= maxDrafts)
    throw new DomainError('invalid_request', `An account has at most ${maxDrafts} drafts`);
}
