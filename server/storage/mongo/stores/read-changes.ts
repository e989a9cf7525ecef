import type { ConversationReader, RecordChanges } from '../../port/conversations.ts';
import { above } from '../collection.ts';
import type { ConversationDocument } from '../documents.ts';
import { assertNotNewer, atOneHead, overlay, pageByRev } from '../heads/overlay.ts';
import { headRecordOf, infoFrom, memberFrom, messageFrom } from '../records.ts';
import type { StoreParts } from './store-parts.ts';

const headFields = ['step', 'rev', 'seq', 'changeId', 'mrev', 'infoRev', 'info', 'pending'];

type Request = Parameters<ConversationReader['readChanges']>[0];

/**
 * Every message that changed is found by its rev, one row more than the limit, whether it counts or not: a page costs the same however
 * much lies above `throughSeq`.
 */
export function createReadChanges({ collections, ring }: StoreParts): ConversationReader['readChanges'] {
  const { conversations, intents, members } = collections;

  async function readMessages(
    head: ConversationDocument,
    { afterRev, throughRev, limit }: Request & { throughRev: number },
  ) {
    const stored = await intents.find(
      { owner: head._id, rev: above(afterRev, throughRev) },
      { sort: { owner: 1, rev: 1 }, limit: limit + 1 },
    );
    return pageByRev(overlay(stored, head, 'intents'), { afterRev, throughRev, limit }, stored);
  }

  async function readMembers(head: ConversationDocument, afterRev: number, throughRev: number) {
    const stored = await members.find(
      { conversation: head._id, rev: above(afterRev, throughRev) },
      { sort: { conversation: 1, rev: 1 } },
    );
    return overlay(stored, head, 'members')
      .filter(({ rev }) => rev > afterRev && rev <= throughRev)
      .toSorted((one, other) => one.rev - other.rev);
  }

  return (request) =>
    atOneHead(async (): Promise<RecordChanges> => {
      const { conversationId, afterRev, throughSeq } = request;
      const head = await conversations.findOne({ _id: conversationId }, headFields);
      if (head === null) {
        const nowhere = { rev: 0, seq: 0, changeId: '', mrev: 0 };
        return { head: nowhere, members: [], messages: [], throughRev: afterRev, more: false };
      }
      const throughRev = Math.max(afterRev, Math.min(request.throughRev ?? head.rev, head.rev));
      const { shown, throughRev: reached } = await readMessages(head, { ...request, throughRev });
      const hasRecords = throughSeq === undefined;
      const joined = hasRecords ? await readMembers(head, afterRev, reached) : [];
      // A record that was changed meanwhile has left the revs that were asked for without a trace.
      assertNotNewer((await conversations.findOne({ _id: conversationId }, ['editRev']))?.editRev ?? 0, head.rev);
      const hasInfo = hasRecords && head.infoRev > afterRev && head.infoRev <= reached;
      return {
        head: headRecordOf(head),
        ...(hasInfo && { info: infoFrom(ring, conversationId, head.info) }),
        members: joined.map((member) => memberFrom(ring, member)),
        messages: shown
          .filter(({ seq = 0 }) => seq <= (throughSeq ?? Infinity))
          .flatMap((document) => messageFrom(ring, document) ?? []),
        throughRev: reached,
        more: reached < throughRev,
      };
    });
}
