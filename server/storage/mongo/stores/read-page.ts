import type { ConversationReader } from '../../port/conversations.ts';
import type { MessageRecord } from '../../port/records.ts';
import { between } from '../collection.ts';
import type { ConversationDocument, IntentDocument } from '../documents.ts';
import { atOneHead, overlay } from '../heads/overlay.ts';
import { messageFrom } from '../records.ts';
import type { StoreParts } from './store-parts.ts';

interface Stretch {
  from: number;
  until: number;
}

export function createReadPage({ collections, ring }: StoreParts): ConversationReader['readPage'] {
  const { conversations, intents } = collections;

  async function readStretch(head: ConversationDocument, { from, until }: Stretch, isUpward: boolean, room: number) {
    const stored = await intents.find(
      { owner: head._id, seq: between(from, until) },
      { sort: { owner: isUpward ? 1 : -1, seq: isUpward ? 1 : -1 }, limit: room },
    );
    const isInside = ({ seq = 0 }: IntentDocument) => seq >= from && seq <= until;
    return overlay(stored, head, 'intents')
      .filter(isInside)
      .toSorted(({ seq: one = 0 }, { seq: other = 0 }) => (isUpward ? one - other : other - one))
      .slice(0, room);
  }

  return ({ conversationId, ranges, before, after, limit }) =>
    atOneHead(async () => {
      const head = await conversations.findOne({ _id: conversationId }, ['step', 'rev', 'seq', 'pending']);
      if (head === null) return { atRev: 0, messages: [], hasMore: false };
      const isUpward = after !== undefined;
      const stretches = ranges.map((range) => ({
        from: Math.max(range.fromSeq, 1, (after ?? 0) + 1),
        until: Math.min(range.untilSeq ?? head.seq, head.seq, (before ?? Infinity) - 1),
      }));
      const found: IntentDocument[] = [];
      for (const stretch of isUpward ? stretches : stretches.toReversed()) {
        const room = limit + 1 - found.length;
        if (stretch.from > stretch.until || room === 0) continue;
        found.push(...(await readStretch(head, stretch, isUpward, room)));
      }
      const shown: MessageRecord[] = found.slice(0, limit).flatMap((document) => messageFrom(ring, document) ?? []);
      return { atRev: head.rev, messages: isUpward ? shown : shown.reverse(), hasMore: found.length > limit };
    });
}
