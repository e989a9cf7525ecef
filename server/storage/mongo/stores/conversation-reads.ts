import type { ConversationReader } from '../../port/conversations.ts';
import { anyOf } from '../collection.ts';
import { atOneHead, overlay } from '../heads/overlay.ts';
import { headRecordOf, infoFrom, memberFrom, messageFrom } from '../records.ts';
import { createReadChanges } from './read-changes.ts';
import { createReadPage } from './read-page.ts';
import type { StoreParts } from './store-parts.ts';

export function createConversationReads(parts: StoreParts): ConversationReader {
  const { collections, ring, claims } = parts;
  const { conversations, members, markers } = collections;

  return {
    readState: (conversationId) =>
      atOneHead(async () => {
        const head = await conversations.findOne({ _id: conversationId });
        if (head === null) return null;
        const stored = await members.find({ conversation: conversationId });
        return {
          conversationId,
          head: headRecordOf(head),
          info: infoFrom(ring, conversationId, head.info),
          members: overlay(stored, head, 'members').map((member) => memberFrom(ring, member)),
        };
      }),
    async readHeads(conversationIds) {
      const fields = ['rev', 'seq', 'changeId', 'mrev'];
      const heads = await conversations.find({ _id: anyOf(conversationIds) }, { fields });
      return new Map(heads.map((head) => [head._id, headRecordOf(head)]));
    },
    readPage: createReadPage(parts),
    readChanges: createReadChanges(parts),
    async findMessage(messageId) {
      const found = await claims.find(messageId);
      const message = found && messageFrom(ring, found);
      return found && message && { conversationId: found.owner, message };
    },
    readMarkers: (conversationId) =>
      atOneHead(async () => {
        const head = await conversations.findOne({ _id: conversationId }, ['step', 'mrev', 'pending']);
        if (head === null) return { mrev: 0, markers: [] };
        const stored = await markers.find({ conversation: conversationId });
        return {
          mrev: head.mrev,
          markers: overlay(stored, head, 'markers').map(({ user, delivered, read }) => ({
            userId: user,
            delivered,
            read,
          })),
        };
      }),
    async filterAcquainted(userId, candidateIds) {
      const fields = ['user', 'conversation'];
      const mine = await members.find({ user: userId }, { fields });
      const shared = { user: anyOf(candidateIds), conversation: anyOf(mine.map(({ conversation }) => conversation)) };
      const acquainted = new Set((await members.find(shared, { fields })).map(({ user }) => user));
      return candidateIds.filter((id) => acquainted.has(id));
    },
  };
}
