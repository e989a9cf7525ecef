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
 * device are told apart by that alone, and no intent is recorded. Versions go on after a deletion: what was told before it never comes
 * back.
 */
export function putDraft(options: { writer: FeedWriter; feeds: FeedReader }): Answer<'putDraft'> {
  return (caller, { conversationId, text, baseVersion }) =>
    options.writer.submit<Outcome>({
      userId: caller.userId,
      decide: async (rev) => {
        const last = await options.feeds.readLast(caller.userId, 'draft', conversationId);
        const version = last?.rev ?? 0;
        const current = last?.kind === 'draft' ? last.text : '';
        if (current === text) return { entries: [], answer: { outcome: 'kept', version } };
        if (version !== baseVersion) return { entries: [], answer: { outcome: 'conflict', version, text: current } };
        if (current === '') await requireRoom(options.feeds, caller.userId);
        const entry =
          text === ''
            ? ({ kind: 'tombstone', of: 'draft', key: conversationId } as const)
            : ({ kind: 'draft', key: conversationId, text } as const);
        return { entries: [entry], answer: { outcome: 'kept', version: rev } };
      },
    });
}

/** A draft may belong to a conversation that comes to be with it, so what bounds drafts is their number. */
async function requireRoom(feeds: FeedReader, userId: string): Promise<void> {
  const drafts = await feeds.readEntries(userId, 'draft');
  if (drafts.length >= maxDrafts)
    throw new DomainError('invalid_request', `An account has at most ${maxDrafts} drafts`);
}
