import type { ClockPort } from '../../engine/ports/host.ts';

/** How long the tab that holds the claim may take to shut its engine down before it counts as frozen. */
const handOverTimeoutMs = 5_000;

export interface TabClaimParts {
  locks: Pick<LockManager, 'request'>;
  /** Carries the asking between the tabs of a profile. */
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;
  clock: Pick<ClockPort, 'schedule'>;
  /** The lock's name: one holder in a browser profile. */
  name: string;
  /** The claim is this tab's. When it rejects, the claim is given back. */
  onHold: () => Promise<void>;
  /** The claim goes to another tab, which waits for this; it was called after every `onHold` that resolved. */
  onLose: () => Promise<void>;
}

/**
 * A tab's claim to be the one that runs the engine.
 *
 *     waiting --takeIfFree, take--> asking --granted--> starting --onHold is through--> holding
 *        ^                            |                    |                               |
 *        |<---------not free----------+                    |                               |
 *        |<---------onHold failed--------------------------+                               |
 *        +<---onLose is through--- leaving <-----------asked for the claim, or stolen------+
 *
 * A tab that is asked for the claim shuts down, gives it back and says so. One that does not answer is frozen, or gone: the lock is
 * stolen, and what it may still do when it wakes up is fenced off by the store. A tab that is itself asking does not answer: two that
 * ask at once would hand over to each other what neither has.
 */
export interface TabClaim {
  /** Answers whether this tab now holds the claim, its `onHold` through. Never disturbs another tab. */
  takeIfFree(): Promise<boolean>;
  /** Takes it from whoever has it. Resolves when `onHold` is through, or when yet another tab took it meanwhile. */
  take(): Promise<void>;
  /** Gives it back and takes it again, unless another tab has it or takes it meanwhile. Answers as `takeIfFree`. */
  renew(): Promise<boolean>;
  /** Gives the claim back, and asks and answers nothing any more. */
  end(): Promise<void>;
}

/** The lock, as long as it is this tab's. */
interface Grant {
  release: () => void;
  isStolen: boolean;
}

type State =
  | { kind: 'waiting' }
  | { kind: 'asking'; outcome: Promise<boolean> }
  | { kind: 'starting'; outcome: Promise<boolean>; grant: Grant }
  | { kind: 'holding'; grant: Grant }
  | { kind: 'leaving'; done: Promise<void> };

type Notice = { kind: 'hand-over' | 'handed-over'; asking: string };

export function createTabClaim(parts: TabClaimParts): TabClaim {
  const { locks, channel, clock, name } = parts;
  let state: State = { kind: 'waiting' };
  const answers = new Map<string, () => void>();

  /** Resolves with nothing where the lock is not to be had. */
  function requestLock(options: LockOptions): Promise<Grant | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Grant | undefined>();
    const released = Promise.withResolvers<void>();
    const grant: Grant = { release: released.resolve, isStolen: false };
    locks
      .request(name, options, (lock) => {
        resolve(lock ? grant : undefined);
        return lock ? released.promise : undefined;
      })
      .catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        // Where it was granted, the promise above is settled, and this is how another tab's stealing is told.
        grant.isStolen = true;
        void leave(grant);
      });
    return promise;
  }

  /** Leaves what `stolen` was granted for, or whatever there is to leave; resolves when it is left. */
  async function leave(stolen?: Grant): Promise<void> {
    if (state.kind === 'leaving') return state.done;
    if (state.kind !== 'starting' && state.kind !== 'holding') return undefined;
    const { grant } = state;
    if (stolen && stolen !== grant) return undefined;
    if (state.kind === 'starting') {
      await state.outcome.catch(() => false);
      return leave(grant);
    }
    const done = parts
      .onLose()
      // What could not be shut down is fenced off by the store.
      .catch(() => undefined)
      .then(() => {
        state = { kind: 'waiting' };
        grant.release();
      });
    state = { kind: 'leaving', done };
    return done;
  }

  function askHolder(): Promise<void> {
    const asking = crypto.randomUUID();
    return new Promise((resolve) => {
      const goOn = (): void => {
        takeBack();
        answers.delete(asking);
        resolve();
      };
      const takeBack = clock.schedule(goOn, handOverTimeoutMs);
      answers.set(asking, goOn);
      channel.postMessage({ kind: 'hand-over', asking } satisfies Notice);
    });
  }

  async function grantOf(isForced: boolean): Promise<Grant | undefined> {
    const free = await requestLock({ ifAvailable: true });
    if (free || !isForced) return free;
    await askHolder();
    return requestLock({ steal: true });
  }

  async function start(isForced: boolean): Promise<boolean> {
    if (state.kind === 'holding') return true;
    if (state.kind === 'leaving') {
      await state.done;
      return start(isForced);
    }
    if (state.kind === 'asking' || state.kind === 'starting') {
      const isHeld = await state.outcome;
      return isHeld || !isForced ? isHeld : start(isForced);
    }
    const outcome = run(isForced, () => outcome);
    state = { kind: 'asking', outcome };
    return outcome;
  }

  async function run(isForced: boolean, outcome: () => Promise<boolean>): Promise<boolean> {
    let grant: Grant | undefined;
    try {
      grant = await grantOf(isForced);
      // Two tabs that take it at once: the later one may have stolen it before this one got here.
      if (!grant || grant.isStolen) {
        state = { kind: 'waiting' };
        return false;
      }
      state = { kind: 'starting', outcome: outcome(), grant };
      await parts.onHold();
      state = { kind: 'holding', grant };
      return true;
    } catch (error) {
      state = { kind: 'waiting' };
      grant?.release();
      throw error;
    }
  }

  async function hear({ data }: { data: unknown }): Promise<void> {
    const notice = asNotice(data);
    if (notice?.kind === 'handed-over') answers.get(notice.asking)?.();
    if (notice?.kind !== 'hand-over') return;
    if (state.kind === 'waiting' || state.kind === 'asking') return;
    await leave();
    channel.postMessage({ kind: 'handed-over', asking: notice.asking } satisfies Notice);
  }

  const onMessage = (event: MessageEvent): void => void hear(event);
  channel.addEventListener('message', onMessage);
  return {
    takeIfFree: () => start(false),
    take: async () => void (await start(true)),
    async renew() {
      await leave();
      return start(false);
    },
    async end() {
      channel.removeEventListener('message', onMessage);
      if (state.kind === 'asking') await state.outcome.catch(() => false);
      await leave();
    },
  };
}

function asNotice(data: unknown): Notice | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { kind, asking } = data as Partial<Record<keyof Notice, unknown>>;
  const isKnown = (kind === 'hand-over' || kind === 'handed-over') && typeof asking === 'string';
  return isKnown ? { kind, asking } : undefined;
}
