import type { FeedAdvance } from '../../port/conversations.ts';
import type { FeedEntry } from '../../port/records.ts';
import type { Collections } from '../database.ts';
import type { AccountDocument, AddressDocument, ConversationDocument, Effect, FeedDocument } from '../documents.ts';
import type { HeadWriter } from '../heads/head-writer.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { Claims } from './claims.ts';

/** An effect that has become an entry of its account's feed. */
export interface AppliedEffect {
  effect: Effect;
  entry: FeedEntry;
}

/** What the stores are made of. */
export interface StoreParts {
  collections: Collections;
  ring: KeyRing;
  /** Reads again which keys there are. */
  learnKeys(): Promise<void>;
  claims: Claims;
  conversations: HeadWriter<ConversationDocument, AppliedEffect>;
  feeds: HeadWriter<FeedDocument>;
  accounts: HeadWriter<AccountDocument>;
  addresses: HeadWriter<AddressDocument>;
}

/** How feeds went on by the effects of one call, of all that were applied with it. */
export function advancesOf(applied: readonly AppliedEffect[], own: readonly unknown[]): FeedAdvance[] {
  const advances: FeedAdvance[] = [];
  for (const { effect, entry } of applied) {
    if (!own.includes(effect)) continue;
    const last = advances.at(-1);
    if (last?.userId === effect.id && last.rev + 1 === entry.rev) {
      last.entries.push(entry);
      last.rev = entry.rev;
    } else advances.push({ userId: effect.id, afterRev: entry.rev - 1, rev: entry.rev, entries: [entry] });
  }
  return advances;
}
