import { anyOf } from '../collection.ts';
import type { Collections } from '../database.ts';
import type { HeadDocument, IntentDocument, Operation } from '../documents.ts';
import { pendingIn } from '../heads/overlay.ts';

export type Claimant = Pick<IntentDocument, 'head' | 'owner'>;

/**
 * Ids that are recorded once, wherever they are told: each is claimed by inserting its document before the commit that records it, and
 * the commit then only updates that document. A claim without a record does no harm; the same head may use it.
 */
export class Claims {
  readonly #collections: Collections;

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  /** Answers those that were claimed before, by whomever. */
  async claim(ids: readonly string[], { head, owner }: Claimant): Promise<string[]> {
    const claims = [...new Set(ids)].map((_id) => ({ _id, step: 0, head, owner }));
    return (await this.#collections.intents.insertAll(claims)).map(({ _id }) => _id);
  }

  /**
   * Of ids that were claimed before, those that are recorded, or about to be in `group`. Whatever was pending at the claimant's own head
   * is applied.
   */
  async recordedAmong(ids: readonly string[], claimant: Claimant, group: readonly Operation[]): Promise<string[]> {
    const waiting = ids.filter((id) => group.some((put) => put.in === 'intents' && put.id === id));
    const others = ids.filter((id) => !waiting.includes(id));
    if (others.length === 0) return waiting;
    const claims = await this.#collections.intents.find({ _id: anyOf(others) });
    const isRecorded = await Promise.all(claims.map((claim) => this.#isRecorded(claim, claimant)));
    return [...waiting, ...claims.filter((_, index) => isRecorded[index]).map(({ _id }) => _id)];
  }

  /** What has this id, as it is at its head. */
  async find(id: string): Promise<IntentDocument | null> {
    const claim = await this.#collections.intents.findOne({ _id: id });
    if (claim === null) return null;
    const pending = await this.#pendingOf(claim);
    // Read after the head: what is not pending any more is there.
    return pending ? { ...claim, ...pending } : this.#collections.intents.findOne({ _id: id });
  }

  async #isRecorded(claim: IntentDocument, { head, owner }: Claimant): Promise<boolean> {
    if (claim.step > 0) return true;
    if (claim.head === head && claim.owner === owner) return false;
    if ((await this.#pendingOf(claim)) !== undefined) return true;
    throw new Error('The id was used elsewhere before');
  }

  async #pendingOf({ _id: id, head: name, owner }: IntentDocument): Promise<IntentDocument | undefined> {
    const collection: { findOne(where: object, fields: string[]): Promise<HeadDocument | null> } =
      this.#collections[name];
    const head = await collection.findOne({ _id: owner }, ['step', 'pending']);
    return head === null ? undefined : pendingIn<IntentDocument>(head, 'intents').find(({ _id }) => _id === id);
  }
}
