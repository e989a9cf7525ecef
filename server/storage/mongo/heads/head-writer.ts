import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { StorageUnavailable } from '../../port/storage.ts';
import type { Collection } from '../collection.ts';
import type { HeadDocument, Operation } from '../documents.ts';
import { isTransient } from '../mongo-errors.ts';
import { maxTries, patiently, pause } from './patiently.ts';

/** What a job makes of the state it meets. */
export type Decision<H, E, T> =
  | { kind: 'answer'; answer: T }
  | {
      kind: 'change';
      /** Fields of the head that become others. */
      set: Partial<H>;
      operations: Operation[];
      /** Asked once it is committed, with what its effects led to. */
      answer(effects: E[]): T;
    };

/** Something that wants to be decided at a head and committed to it. It may be decided several times, at newer heads. */
export interface Job<H, E, T> {
  /** Runs before the decision, while commits before it are still under way. */
  prepare?(): Promise<void>;
  /** `group` is what others have decided to write in the same commit. A fault of the caller is thrown. */
  decide(head: H, group: readonly Operation[]): Promise<Decision<H, E, T>>;
}

export interface HeadRules<H extends HeadDocument, E> {
  collection: Collection<H>;
  /** A head that does not exist yet: step 0. */
  empty(id: string): H;
  /** Brings what is pending into the collections, as often as it takes; answers what effects led to. */
  apply(head: H): Promise<E[]>;
  /** Whether readers without the head could miss an operation before it is applied: then it is applied before it is answered. */
  isSeenOnlyApplied(operation: Operation): boolean;
}

interface Waiting<H, E> {
  job: Job<H, E, unknown>;
  prepared: Promise<unknown> | undefined;
  resolve(answer: never): void;
  reject(error: unknown): void;
}

interface Settlement<E> {
  operations: readonly Operation[];
  settle(effects: E[]): void;
  fail(error: unknown): void;
}

/** What waits together, decided. */
interface Group<H, E> {
  /** The very head it was decided at, if nothing changes. */
  next: H;
  settlements: Settlement<E>[];
  /** Came after the group was full. */
  rest: Waiting<H, E>[];
  hasRefusals: boolean;
}

/** Never rejects. */
interface Applying {
  applying: Promise<void>;
}

const nothingToApply: Applying = { applying: Promise.resolve() };

const maxOperations = 64;
const maxBytes = 256 * 1024;
const sweptAtOnce = 32;
const clearAfterMs = 1000;

/**
 * Commits to heads, each commit one atomic update of one document:
 *
 *   waiting --prepare--> decided at step s --update where step = s--> committed at s + 1 --apply--> applied --idle--> cleared
 *                            ^                       | somebody was faster, or the outcome is unknown
 *                            \_______________________/
 *
 * Jobs for the same head wait for each other; those that wait together are one commit.
 */
export class HeadWriter<H extends HeadDocument, E = never> {
  readonly #rules: HeadRules<H, E>;
  readonly #queues = new Map<string, Waiting<H, E>[]>();
  readonly #running = new Set<Promise<void>>();
  /** Heads as this process left them, everything pending applied. Another process may have gone on; the update tells. */
  readonly #heads = new LRUCache<string, H>({ max: 20_000 });
  /** Ids of heads this process has left open, and their steps. */
  readonly #open = new Map<string, number>();
  readonly #clearing: NodeJS.Timeout;
  #seenOpen = new Map<string, number>();

  constructor(rules: HeadRules<H, E>) {
    this.#rules = rules;
    this.#clearing = setInterval(() => void this.#clearIdle().catch(() => undefined), clearAfterMs).unref();
  }

  /** The head as this process knows it, possibly behind. */
  peek(id: string): H | undefined {
    return this.#heads.get(id);
  }

  submit<T>(id: string, job: Job<H, E, T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting<H, E> = { job, prepared: undefined, resolve: resolve as never, reject };
      const queue = this.#queues.get(id);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.#queues.set(id, [waiting]);
      const running = this.#run(id).finally(() => this.#running.delete(running));
      this.#running.add(running);
    });
  }

  /** Applies what a crash has left, then clears it. Heads that are not `isStale` are somebody's work under way. */
  async sweep(isStale: (head: H) => boolean = () => true): Promise<void> {
    const { collection, apply } = this.#rules;
    const ids = (await collection.find({ isOpen: true }, { fields: ['_id'] })).map(({ _id }) => _id);
    const sweepOne = async (id: string) => {
      const head = await collection.findOne({ _id: id });
      if (head?.isOpen !== true || !isStale(head)) return;
      await apply(head);
      await this.#clear([[id, head.step]]);
    };
    while (ids.length > 0) await Promise.all(ids.splice(0, sweptAtOnce).map(sweepOne));
  }

  /** Sweeps what was open at the same step when this was called last: whoever opened it is gone, or has nothing more to do. */
  async sweepStale(): Promise<void> {
    const seen = this.#seenOpen;
    this.#seenOpen = new Map();
    await this.sweep((head) => {
      this.#seenOpen.set(head._id, head.step);
      return seen.get(head._id) === head.step;
    });
  }

  /** Resolves when everything submitted is committed, applied and cleared. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.#clear([...this.#open]);
  }

  stop(): void {
    clearInterval(this.#clearing);
  }

  async #run(id: string): Promise<void> {
    const queue = this.#queues.get(id) ?? [];
    // What is submitted in the same turn belongs together.
    await Promise.resolve();
    let applying = nothingToApply.applying;
    while (queue.length > 0) {
      const taken = queue.splice(0, maxOperations);
      const ready = await prepareAll(taken);
      await applying;
      ({ applying } = await this.#commit(id, ready, queue));
      if (queue.length === 0) await applying;
    }
    this.#queues.delete(id);
  }

  /** Answers all of `group` but what it puts back into `queue`. Resolves as soon as it is committed. */
  async #commit(id: string, group: Waiting<H, E>[], queue: Waiting<H, E>[]): Promise<Applying> {
    let attempted: Group<H, E> | undefined;
    let cause: unknown = new StorageUnavailable('Others were faster every time', { wasWritten: false });
    let isKnown = true;
    for (let tries = 0; tries < maxTries; tries += 1) {
      try {
        const known = isKnown ? this.#heads.get(id) : undefined;
        const head = known ?? (await this.#load(id, attempted?.next.token));
        if (attempted?.next.token === head.token) return this.#committed(attempted, queue);
        const decided = await decideAll(group, head);
        // A refusal counts only at the newest head.
        if (known !== undefined && decided.hasRefusals) {
          isKnown = false;
          continue;
        }
        if (decided.next === head) return this.#answered(decided, queue);
        attempted = decided;
        if (await this.#write(head, decided.next)) return this.#committed(decided, queue);
      } catch (error) {
        cause = error;
        if (!isTransient(error)) break;
      }
      isKnown = false;
      await pause(tries);
    }
    this.#heads.delete(id);
    for (const { reject } of group) reject(cause);
    return nothingToApply;
  }

  async #load(id: string, ownToken: string | undefined): Promise<H> {
    const head = (await this.#rules.collection.findOne({ _id: id })) ?? this.#rules.empty(id);
    if (head.token === ownToken) return head;
    const isApplied = head.pending === undefined || this.#heads.get(id)?.step === head.step;
    if (!isApplied) await this.#rules.apply(head);
    this.#heads.set(id, head);
    return head;
  }

  async #write(head: H, next: H): Promise<boolean> {
    const { collection } = this.#rules;
    if (head.step === 0) return collection.insert(next);
    const { step, token, isOpen, pending } = next;
    const others = Object.entries(next).filter(([name, value]) => value !== head[name as keyof H]);
    const set = { ...Object.fromEntries(others), step, token, isOpen, pending };
    return collection.commit({ where: { _id: head._id, step: head.step }, set });
  }

  #answered({ settlements, rest }: Group<H, E>, queue: Waiting<H, E>[]): Applying {
    queue.unshift(...rest);
    for (const { settle } of settlements) settle([]);
    return nothingToApply;
  }

  #committed({ next, settlements, rest }: Group<H, E>, queue: Waiting<H, E>[]): Applying {
    queue.unshift(...rest);
    this.#heads.set(next._id, next);
    const applying = patiently(() => this.#rules.apply(next));
    for (const { operations, settle, fail } of settlements)
      if (operations.some((operation) => this.#rules.isSeenOnlyApplied(operation))) void applying.then(settle, fail);
      else settle([]);
    return {
      applying: applying.then(
        () => void this.#open.set(next._id, next.step),
        // It stays pending: whoever comes next to this head applies it first.
        () => void this.#heads.delete(next._id),
      ),
    };
  }

  async #clearIdle(): Promise<void> {
    await this.#clear([...this.#open].filter(([id]) => !this.#queues.has(id)));
  }

  async #clear(heads: readonly (readonly [id: string, step: number])[]): Promise<void> {
    await this.#rules.collection.updateAll(
      heads.map(([id, step]) => ({ where: { _id: id, step }, change: { $unset: { pending: 1, isOpen: 1 } } })),
    );
    for (const [id, step] of heads) if (this.#open.get(id) === step) this.#open.delete(id);
  }
}

async function prepareAll<H, E>(group: readonly Waiting<H, E>[]): Promise<Waiting<H, E>[]> {
  const ready: Waiting<H, E>[] = [];
  await Promise.all(
    group.map(async (waiting) => {
      try {
        waiting.prepared ??= patiently(async () => waiting.job.prepare?.());
        await waiting.prepared;
        ready.push(waiting);
      } catch (error) {
        waiting.reject(error);
      }
    }),
  );
  return group.filter((waiting) => ready.includes(waiting));
}

/** One after the other, each at the state the one before leads to. Those at fault are refused alone. */
async function decideAll<H extends HeadDocument, E>(group: readonly Waiting<H, E>[], head: H): Promise<Group<H, E>> {
  const pending: Operation[] = [];
  const settlements: Settlement<E>[] = [];
  let next = head;
  let hasRefusals = false;
  let bytes = 0;
  for (const { job, resolve, reject } of group) {
    if (pending.length >= maxOperations || bytes >= maxBytes) break;
    try {
      const decision = await job.decide(next, pending);
      if (decision.kind === 'answer') {
        hasRefusals = true;
        settlements.push({ operations: [], settle: () => resolve(decision.answer as never), fail: reject });
        continue;
      }
      const { operations, set, answer } = decision;
      next = { ...next, ...set };
      for (const operation of operations) addTo(pending, operation);
      bytes += operations.reduce((sum, operation) => sum + sizeOf(operation), 0);
      settlements.push({ operations, settle: (effects) => resolve(answer(effects) as never), fail: reject });
    } catch (error) {
      if (isTransient(error)) throw error;
      hasRefusals = true;
      settlements.push({ operations: [], settle: () => reject(error), fail: reject });
    }
  }
  const rest = group.slice(settlements.length);
  if (next !== head) next = { ...next, step: head.step + 1, token: randomUUID(), isOpen: pending.length > 0, pending };
  return { next, settlements, rest, hasRefusals };
}

/** A record is written once a commit, as the last of them leaves it: all of a commit are of one step. */
function addTo(pending: Operation[], operation: Operation): void {
  const earlier = pending.findIndex((one) => one.in === operation.in && one.id === operation.id);
  const put = pending[earlier];
  if (operation.in === 'feeds' || put === undefined || put.in === 'feeds') pending.push(operation);
  else pending[earlier] = { ...put, set: { ...put.set, ...operation.set } };
}

function sizeOf(operation: Operation): number {
  const sealed = operation.in === 'feeds' ? operation.sealed : operation.set['sealed'];
  return 256 + (sealed instanceof Uint8Array ? sealed.length : 0);
}
