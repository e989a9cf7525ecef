import type { Collections } from '../database.ts';
import type {
  AccountDocument,
  AddressDocument,
  ConversationDocument,
  Effect,
  FeedDocument,
  HeadDocument,
  Operation,
  Put,
} from '../documents.ts';
import { applyPuts } from '../heads/apply-puts.ts';
import { HeadWriter, type Job } from '../heads/head-writer.ts';
import { effectPut, feedEntryFrom, feedEntryIdOf } from '../records.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import { Claims } from './claims.ts';
import type { AppliedEffect, StoreParts } from './store-parts.ts';

const noStep = { step: 0, token: '' };

export function createStoreParts(collections: Collections, ring: KeyRing, learnKeys: () => Promise<void>): StoreParts {
  const applyOnlyPuts = async (head: HeadDocument) => {
    await applyPuts(collections, head);
    return [];
  };
  const isSeenOnlyApplied = ({ in: name }: Operation) => name === 'accounts' || name === 'feeds' || name === 'members';
  const feeds = new HeadWriter<FeedDocument>({
    collection: collections.feeds,
    empty: (_id) => ({ _id, ...noStep, rev: 0, purgedRev: 0 }),
    apply: applyOnlyPuts,
    isSeenOnlyApplied,
  });

  async function applyConversation(head: ConversationDocument): Promise<AppliedEffect[]> {
    await applyPuts(collections, head);
    const effects = (head.pending ?? []).filter((operation): operation is Effect => operation.in === 'feeds');
    const byUser = [...Map.groupBy(effects, ({ id }) => id)];
    const applied = await Promise.all(byUser.map(([id, own]) => feeds.submit(id, effectsJob(collections, ring, own))));
    return applied.flat();
  }

  return {
    collections,
    ring,
    learnKeys,
    claims: new Claims(collections),
    feeds,
    conversations: new HeadWriter<ConversationDocument, AppliedEffect>({
      collection: collections.conversations,
      empty: (_id) => ({
        _id,
        ...noStep,
        rev: 0,
        seq: 0,
        changeId: '',
        mrev: 0,
        editRev: 0,
        infoRev: 0,
        info: new Uint8Array(),
      }),
      apply: applyConversation,
      isSeenOnlyApplied,
    }),
    accounts: new HeadWriter<AccountDocument>({
      collection: collections.accounts,
      empty: (_id) => ({
        _id,
        ...noStep,
        createdAt: 0,
        profileVersion: 0,
        profile: new Uint8Array(),
        passwordHash: new Uint8Array(),
      }),
      apply: applyOnlyPuts,
      isSeenOnlyApplied,
    }),
    addresses: new HeadWriter<AddressDocument>({
      collection: collections.addresses,
      empty: (_id) => ({ _id, ...noStep, user: '' }),
      apply: applyOnlyPuts,
      isSeenOnlyApplied,
    }),
  };
}

/** Entries that an account's feed has from the same or a later source stay. */
function effectsJob(
  collections: Collections,
  ring: KeyRing,
  effects: readonly Effect[],
): Job<FeedDocument, never, AppliedEffect[]> {
  return {
    async decide(head, group) {
      const operations: Put[] = [];
      const applied: AppliedEffect[] = [];
      for (const effect of effects) {
        const id = feedEntryIdOf(effect.id, effect.kind, effect.key);
        const waiting = [...group, ...operations].findLast((put) => put.in === 'feedEntries' && put.id === id) as
          | Put
          | undefined;
        const stored = await collections.feedEntries.findOne({ _id: id }, ['sourceRev']);
        const sourceRev = Math.max(Number(waiting?.set['sourceRev'] ?? 0), stored?.sourceRev ?? 0);
        if (sourceRev >= effect.sourceRev) continue;
        const rev = head.rev + operations.length + 1;
        operations.push(effectPut(effect, rev));
        applied.push({ effect, entry: feedEntryFrom(ring, id, { ...effect, rev }) });
      }
      if (operations.length === 0) return { kind: 'answer', answer: [] };
      return { kind: 'change', set: { rev: head.rev + operations.length }, operations, answer: () => applied };
    },
  };
}
