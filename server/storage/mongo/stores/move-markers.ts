import type { MarkerMove, MarkersMoved } from '../../port/conversations.ts';
import type { Markers } from '../../port/records.ts';
import { anyOf } from '../collection.ts';
import type { ConversationDocument, Operation, Put } from '../documents.ts';
import type { Job } from '../heads/head-writer.ts';
import { effectOf, memberIdOf } from '../records.ts';
import { advancesOf, type AppliedEffect, type StoreParts } from './store-parts.ts';

export interface MarkerMoves {
  conversationId: string;
  moves: readonly MarkerMove[];
  isShared: boolean;
}

export function createMoveMarkers(parts: StoreParts) {
  return (moves: MarkerMoves): Promise<MarkersMoved> =>
    parts.conversations.submit(moves.conversationId, moveJob(parts, moves));
}

function moveJob(
  { collections, ring }: StoreParts,
  { conversationId, moves, isShared }: MarkerMoves,
): Job<ConversationDocument, AppliedEffect, MarkersMoved> {
  const ids = [...new Set(moves.map(({ userId }) => memberIdOf(conversationId, userId)))];

  async function readBefore(group: readonly Operation[]): Promise<Map<string, Markers>> {
    const stored = await collections.markers.find({ _id: anyOf(ids) });
    const before = new Map(stored.map(({ user, delivered, read }) => [user, { userId: user, delivered, read }]));
    for (const put of group) if (put.in === 'markers') before.set(String(put.set['user']), markersIn(put));
    return before;
  }

  return {
    async decide(head, group) {
      if (head.rev === 0) throw new Error('Markers belong to a conversation that exists');
      const before = await readBefore(group);
      const moved = new Map<string, Markers>();
      const readers = new Map<string, number>();
      for (const { userId, delivered = 0, read = 0 } of moves) {
        const old = moved.get(userId) ?? before.get(userId) ?? { delivered: 0, read: 0 };
        if (delivered <= old.delivered && read <= old.read) continue;
        moved.set(userId, { userId, delivered: Math.max(delivered, old.delivered), read: Math.max(read, old.read) });
        if (read > old.read) readers.set(userId, read);
      }
      const afterMrev = head.mrev;
      if (moved.size === 0)
        return { kind: 'answer', answer: { afterMrev, mrev: afterMrev, markers: [], advances: [] } };
      const mrev = afterMrev + (isShared ? 1 : 0);
      const markers = [...moved.values()];
      const operations: Operation[] = [
        ...markers.map((one) => markerPut(conversationId, one)),
        ...[...readers].map(([userId, read]) =>
          effectOf(ring, userId, { kind: 'marker', key: conversationId, read }, read),
        ),
      ];
      const answer = (effects: AppliedEffect[]) => ({
        afterMrev,
        mrev,
        markers,
        advances: advancesOf(effects, operations),
      });
      return { kind: 'change', set: { mrev }, operations, answer };
    },
  };
}

function markerPut(conversationId: string, { userId, delivered, read }: Markers): Put {
  const set = { conversation: conversationId, user: userId, delivered, read };
  return { in: 'markers', id: memberIdOf(conversationId, userId), set };
}

function markersIn({ set }: Put): Markers {
  return { userId: String(set['user']), delivered: Number(set['delivered']), read: Number(set['read']) };
}
