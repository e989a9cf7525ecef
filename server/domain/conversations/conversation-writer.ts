import type { ConversationCommit, ConversationStore, FeedAdvance } from '../../storage/port/conversations.ts';
import type { Clock } from '../clock.ts';
import { DomainError } from '../domain-error.ts';
import { idTaken } from '../recorded-answer.ts';
import type { ConversationCache } from './conversation-cache.ts';
import { type Act, actOf, applyDecision, type Place, type Plan, type PlannedChange } from './plan.ts';
import { areMarkersShared, type WorkingState } from './working-state.ts';

/** Intents of one commit. More waiting ones go into the next: a store without transactions bounds what one commit may hold. */
const maxIntentsPerCommit = 16;
/** A commit that loses this often against other processes is answered `unavailable`. */
const maxAttempts = 20;

/** Changes that are durable, in the order of their revs. Told before any of them is acknowledged. */
export interface CommittedChanges {
  state: WorkingState;
  changes: { change: PlannedChange; fromSocketId: string | undefined }[];
  advances: FeedAdvance[];
  /** There were too many members to share markers, and are no longer (D9). */
  sharesMarkers?: true;
}

export interface Intent {
  id: string;
  userId: string;
  /** The socket that gets the answer, and so need not be told. */
  socketId: string | undefined;
  conversationId: string;
  /** Of what `plan` brings. An id that stands for another act is refused (D1). */
  act: Act;
  plan: Plan;
}

interface Job extends Intent {
  resolve(placed: Place): void;
  reject(error: unknown): void;
}

/**
 * The one way a conversation changes. Intents of one conversation are decided one after the other on the state the previous one
 * left, and what waits goes into one commit. A commit that another process was faster than is decided again (D1, D2, D3).
 */
export class ConversationWriter {
  readonly #store: ConversationStore;
  readonly #cache: ConversationCache;
  readonly #clock: Clock;
  readonly #committed: (committed: CommittedChanges) => void;
  readonly #waiting = new Map<string, Job[]>();

  constructor(options: {
    store: ConversationStore;
    cache: ConversationCache;
    clock: Clock;
    committed: (committed: CommittedChanges) => void;
  }) {
    this.#store = options.store;
    this.#cache = options.cache;
    this.#clock = options.clock;
    this.#committed = options.committed;
  }

  /** Resolves when the change is durable; a repeated intent gets its first answer. Rejects with a `DomainError` when refused. */
  submit(intent: Intent): Promise<Place> {
    return new Promise((resolve, reject) => {
      const job: Job = { ...intent, resolve, reject };
      const waiting = this.#waiting.get(intent.conversationId);
      if (waiting !== undefined) {
        waiting.push(job);
        return;
      }
      const jobs = [job];
      this.#waiting.set(intent.conversationId, jobs);
      this.#gather(intent.conversationId, jobs);
    });
  }

  /** As late as can be: what two people say at the same moment is one commit. */
  #gather(conversationId: string, waiting: Job[]): void {
    this.#store.beforeNext(() => void this.#settleNext(conversationId, waiting));
  }

  async #settleNext(conversationId: string, waiting: Job[]): Promise<void> {
    const jobs = takeDistinct(waiting);
    try {
      await this.#settle(conversationId, jobs);
    } catch (error) {
      this.#cache.forget(conversationId);
      for (const job of jobs) job.reject(error);
    }
    if (waiting.length > 0) this.#gather(conversationId, waiting);
    else this.#waiting.delete(conversationId);
  }

  /** Brings every job to its answer. Nobody is refused because of a change that is not committed. */
  async #settle(conversationId: string, jobs: Job[]): Promise<void> {
    let open = jobs;
    let state = this.#cache.peek(conversationId) ?? null;
    let isFresh = state === null;
    state ??= await this.#cache.reload(conversationId);
    for (let lost = 0; open.length > 0 && lost < maxAttempts;) {
      const decided = this.#decide(conversationId, state, open);
      if (decided.refusal !== undefined) {
        if (isFresh) open = await this.#answerRefused(open, decided.refusal);
        else state = await this.#cache.reload(conversationId);
        isFresh = true;
        continue;
      }
      const outcome = await this.#store.commit(decided.commit);
      if (outcome.kind === 'committed') {
        this.#cache.keep(decided.state);
        this.#publish(decided, open, outcome.advances);
        ({ state } = decided);
        open = open.slice(decided.changes.length);
        isFresh = true;
        continue;
      }
      lost += 1;
      if (outcome.kind === 'repeated') open = await this.#answerRepeated(open, outcome.intentIds);
      else {
        state = await this.#cache.reload(conversationId);
        isFresh = true;
      }
    }
    for (const job of open) job.reject(new DomainError('unavailable', 'Too many changes at once', 1_000));
  }

  /** Decides one job after the other, up to the first that is refused; `refusal` is set where that is the very first. */
  #decide(conversationId: string, from: WorkingState | null, jobs: readonly Job[]) {
    const at = this.#clock.now();
    const changes: PlannedChange[] = [];
    let refusal: { error: unknown } | undefined;
    let state = from;
    for (const job of jobs) {
      const place = { rev: (state?.head.rev ?? 0) + 1, seq: (state?.head.seq ?? 0) + 1, at };
      try {
        const applied = applyDecision(state, conversationId, job, place, job.plan(state, place));
        state = applied.state;
        changes.push(applied.change);
      } catch (error) {
        if (changes.length === 0) refusal = { error };
        break;
      }
    }
    const head = state?.head ?? { rev: 0, seq: 0, changeId: '' };
    const sharesMarkers = areMarkersSharedAgain(from, state);
    const info = changes.findLast((change) => change.info !== undefined)?.info;
    const commit: ConversationCommit = {
      conversationId,
      expectedRev: from?.head.rev ?? 0,
      head: { rev: head.rev, seq: head.seq, changeId: head.changeId },
      ...(info && { info }),
      members: newestMembers(changes),
      messages: changes.map((change) => change.message),
      effects: newestEffects(changes),
      ...(sharesMarkers && { sharesMarkers }),
    };
    if (state !== null && sharesMarkers) state = { ...state, head: { ...state.head, mrev: state.head.mrev + 1 } };
    return { state: state as WorkingState, changes, refusal, commit };
  }

  /** The first of `open`. A retry of something accepted long ago may look refused by now: it gets its first answer all the same. */
  async #answerRefused(open: readonly Job[], { error }: { error: unknown }): Promise<Job[]> {
    const [first, ...rest] = open;
    if (first === undefined || (await this.#answerIfRecorded(first))) return rest;
    first.reject(error);
    return rest;
  }

  async #answerRepeated(open: readonly Job[], intentIds: readonly string[]): Promise<Job[]> {
    const repeated = new Set(intentIds);
    const rest: Job[] = [];
    for (const job of open) {
      if (!repeated.has(job.id)) rest.push(job);
      else if (!(await this.#answerIfRecorded(job))) job.reject(idTaken());
    }
    return rest;
  }

  async #answerIfRecorded(job: Job): Promise<boolean> {
    const found = await this.#store.findMessage(job.id);
    if (found === null) return false;
    const { conversationId, message } = found;
    const isSameAct =
      message.authorId === job.userId && conversationId === job.conversationId && actOf(message.body) === job.act;
    if (isSameAct) job.resolve({ seq: message.seq, rev: message.sentRev, at: message.at });
    else job.reject(idTaken());
    return true;
  }

  #publish(
    decided: { state: WorkingState; changes: PlannedChange[]; commit: ConversationCommit },
    jobs: readonly Job[],
    advances: FeedAdvance[],
  ): void {
    this.#committed({
      state: decided.state,
      changes: decided.changes.map((change, index) => ({ change, fromSocketId: jobs[index]?.socketId })),
      advances,
      ...(decided.commit.sharesMarkers && { sharesMarkers: true }),
    });
    decided.changes.forEach(({ message }, index) => {
      jobs[index]?.resolve({ seq: message.seq, rev: message.rev, at: message.at });
    });
  }
}

/** The next jobs, without two of the same id: the second one waits for the first one's outcome. */
function takeDistinct(waiting: Job[]): Job[] {
  const taken: Job[] = [];
  const ids = new Set<string>();
  while (taken.length < maxIntentsPerCommit) {
    const next = waiting[0];
    if (next === undefined || ids.has(next.id)) break;
    ids.add(next.id);
    taken.push(next);
    waiting.shift();
  }
  return taken;
}

function areMarkersSharedAgain(from: WorkingState | null, to: WorkingState | null): boolean {
  const hasNewMembers = from !== null && to !== null && from.members !== to.members;
  return hasNewMembers && !areMarkersShared(from) && areMarkersShared(to);
}

function newestMembers(changes: readonly PlannedChange[]) {
  if (changes.every((change) => change.members.length === 0)) return [];
  return [...new Map(changes.flatMap((change) => change.members).map((member) => [member.userId, member])).values()];
}

function newestEffects(changes: readonly PlannedChange[]) {
  if (changes.every((change) => change.effects.length === 0)) return [];
  return [
    ...new Map(
      changes.flatMap((change) => change.effects).map((effect) => [`${effect.userId} ${effect.entry.kind}`, effect]),
    ).values(),
  ];
}
