import type { ServingRegistry, SharedReader } from '../../port/shared.ts';
import { anyOf } from '../collection.ts';
import type { MemberDocument } from '../documents.ts';
import { atOneHead, overlay } from '../heads/overlay.ts';
import { headRecordOf, memberFrom } from '../records.ts';
import type { StoreParts } from './store-parts.ts';

export function createSharedReads({ collections, ring }: StoreParts): SharedReader {
  const { conversations, members, feeds, sessions } = collections;
  return {
    readMemberships: (userId, conversationIds) =>
      atOneHead(async () => {
        const heads = await conversations.find({ _id: anyOf(conversationIds) });
        const stored = await members.find({ user: userId, conversation: anyOf(conversationIds) });
        const byConversation = new Map(stored.map((member) => [member.conversation, member]));
        return new Map(
          heads.flatMap((head) => {
            const known = byConversation.get(head._id);
            const all = overlay<MemberDocument>(known ? [known] : [], head, 'members');
            const member = all.find(({ user }) => user === userId);
            return member ? [[head._id, { head: headRecordOf(head), member: memberFrom(ring, member) }] as const] : [];
          }),
        );
      }),
    async readFeedRevs(userIds) {
      const found = await feeds.find({ _id: anyOf(userIds) }, { fields: ['rev'] });
      return new Map(found.map(({ _id, rev }) => [_id, rev]));
    },
    async filterActiveSessions(sessionIds) {
      const active = await sessions.find({ _id: anyOf(sessionIds), isActive: true }, { fields: ['isActive'] });
      return active.map(({ _id }) => _id);
    },
  };
}

export function createServingRegistry({ collections: { processes } }: StoreParts): ServingRegistry {
  return {
    async report({ processId, ...said }) {
      const wasThere = await processes.updateOne({ _id: processId }, { $set: said });
      if (!wasThere) await processes.insert({ _id: processId, ...said });
      const all = await processes.find({});
      const others = all.filter(({ _id }) => _id !== processId);
      return { wasThere, others: others.map(({ _id, beat, isAlone }) => ({ processId: _id, beat, isAlone })) };
    },
    async remove(processId) {
      await processes.removeAll({ _id: processId });
    },
  };
}
