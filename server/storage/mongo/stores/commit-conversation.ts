import type { CommitOutcome, ConversationCommit } from '../../port/conversations.ts';
import type { MessageRecord } from '../../port/records.ts';
import type { ConversationDocument, Operation } from '../documents.ts';
import type { Job } from '../heads/head-writer.ts';
import { answerPut, effectOf, memberPut, messagePut, sealInfo } from '../records.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import { advancesOf, type AppliedEffect, type StoreParts } from './store-parts.ts';

type CommitJob = Job<ConversationDocument, AppliedEffect, CommitOutcome>;

export function createCommitConversation(parts: StoreParts) {
  return (commit: ConversationCommit): Promise<CommitOutcome> =>
    parts.conversations.submit(commit.conversationId, commitJob(parts, commit));
}

const isNew = (message: MessageRecord) => message.rev === message.sentRev;

function commitJob(parts: StoreParts, commit: ConversationCommit): CommitJob {
  const { conversationId, expectedRev, head: target, info } = commit;
  const { claims, conversations, ring } = parts;
  const claimant = { head: 'conversations', owner: conversationId } as const;
  const newIds = commit.messages.filter(isNew).map(({ id }) => id);
  const isEdit = newIds.length < commit.messages.length || commit.members.length > 0;
  const ids = [...newIds, ...(commit.recorded?.intents.map(({ id }) => id) ?? [])];
  let taken: string[] = [];
  const answer = (outcome: CommitOutcome) => ({ kind: 'answer' as const, answer: outcome });
  return {
    async prepare() {
      // Revs never fall: this one is lost already.
      if ((conversations.peek(conversationId)?.rev ?? 0) > expectedRev) return;
      taken = await claims.claim(ids, claimant);
    },
    async decide(head, group) {
      if (head.rev !== expectedRev) return answer({ kind: 'moved-on' });
      assertFollows(commit, head);
      const repeated = new Set(await claims.recordedAmong(taken, claimant, group));
      for (const [index, id] of ids.entries()) if (ids.indexOf(id) < index) repeated.add(id);
      if (repeated.size > 0) return answer({ kind: 'repeated', intentIds: [...repeated] });
      const operations = operationsOf(ring, commit);
      return {
        kind: 'change',
        set: {
          ...target,
          ...(commit.sharesMarkers === true && { mrev: head.mrev + 1 }),
          ...(isEdit && { editRev: target.rev }),
          ...(info && { infoRev: info.rev, info: sealInfo(ring, conversationId, info) }),
        },
        operations,
        answer: (effects) => ({ kind: 'committed', advances: advancesOf(effects, operations) }),
      };
    },
  };
}

function operationsOf(ring: KeyRing, commit: ConversationCommit): Operation[] {
  const { conversationId, messages, members, effects, recorded } = commit;
  return [
    ...messages.map((message) => messagePut(ring, message)),
    ...members.map((member) => memberPut(ring, conversationId, member)),
    ...(recorded?.intents.map((intent) => answerPut(ring, intent, recorded.at)) ?? []),
    ...effects.map(({ userId, entry, sourceRev }) => effectOf(ring, userId, entry, sourceRev)),
  ];
}

/** A decision that does not follow from its own state is a fault of the caller; stored, it would be a hole for ever. */
function assertFollows(commit: ConversationCommit, stored: ConversationDocument): void {
  const { expectedRev, head, messages, members, info } = commit;
  if (stored.rev === 0 && info === undefined) throw new Error('A new conversation says what it is');
  const records = [...messages, ...members, ...(info ? [info] : [])];
  if (records.some(({ rev }) => rev <= expectedRev || rev > head.rev))
    throw new Error('A record has a rev outside of its commit');
  let { seq } = stored;
  let sentRev = expectedRev;
  for (const message of messages.filter(isNew)) {
    // Catch-up relies on it: in the order of seq, the revs messages were sent at grow.
    if (message.seq !== (seq += 1) || message.sentRev <= sentRev)
      throw new Error('New messages continue the numbers of their conversation');
    ({ sentRev } = message);
  }
  if (head.rev <= expectedRev || seq !== head.seq) throw new Error('A head goes where its records lead');
}
