import { createTabClaim, type TabClaim } from '../tab-claim.ts';

/** One tab of a profile; what it does with the claim is written down. */
export interface Tab {
  claim: TabClaim;
  readonly life: string[];
  failNextStart(): void;
  failNextLeaving(): void;
  /** From now on starting or leaving waits until the returned function is called. */
  holdUpStart(): () => void;
  holdUpLeaving(): () => void;
  isStarting(): Promise<void>;
  isLeaving(): Promise<void>;
  hasLeft(): Promise<void>;
  /** Nothing runs in the tab until the returned function is called. */
  freeze(): () => void;
}

/** A browser profile with this machine's real locks and channel, and timers that run when they are told to. */
export type Profile = ReturnType<typeof openProfile>;

/** Resolves at once until it is shut, then when it is opened. */
function createGate() {
  let passage = Promise.resolve();
  return {
    pass: () => passage,
    shut(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      passage = promise;
      return resolve;
    },
  };
}

export function openProfile() {
  const name = `profile-${crypto.randomUUID()}`;
  const history: string[] = [];
  const waiting = new Set<() => void>();
  const timers = new Set<() => void>();
  const endings: (() => Promise<void>)[] = [];
  let tabs = 0;
  let timersRun = 0;

  const holders = (): number[] =>
    history.reduce<number[]>((held, line) => {
      const [tab, what] = line.split(' ');
      return what === 'held' ? [...held, Number(tab)] : held.filter((one) => one !== Number(tab));
    }, []);

  function stir(): void {
    for (const check of waiting) check();
  }

  /** Looked at again whenever something happens in the profile. */
  function until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  }

  function openTab(): Tab {
    const number = (tabs += 1);
    const life: string[] = [];
    const channel = new BroadcastChannel(name);
    const awake = createGate();
    const mayStart = createGate();
    const mayLeave = createGate();
    const failing = { start: false, leaving: false };
    let phase = '';

    const enter = (next: string): void => {
      phase = next;
      stir();
    };
    const record = (what: string): void => {
      life.push(what);
      history.push(`${number} ${what}`);
      enter(what);
    };
    const listeners = new Map<unknown, (event: Event) => void>();

    const claim = createTabClaim({
      name,
      locks: {
        async request(lock: string, options: unknown, granted?: unknown) {
          try {
            return await navigator.locks.request(lock, options as LockOptions, granted as LockGrantedCallback<unknown>);
          } finally {
            await awake.pass();
          }
        },
      } as LockManager,
      channel: {
        postMessage: (message) => channel.postMessage(message),
        addEventListener(type: string, listener: (event: never) => void) {
          const whenAwake = async (event: Event): Promise<void> => {
            await awake.pass();
            listener(event as never);
          };
          listeners.set(listener, (event) => void whenAwake(event));
          channel.addEventListener(type, listeners.get(listener) as EventListener);
        },
        removeEventListener(type: string, listener: (event: never) => void) {
          channel.removeEventListener(type, listeners.get(listener) as EventListener);
        },
      } as BroadcastChannel,
      clock: {
        schedule(run) {
          timers.add(run);
          stir();
          return () => timers.delete(run);
        },
      },
      async onHold() {
        enter('starting');
        await mayStart.pass();
        if (failing.start) throw new Error('the engine cannot start');
        record('held');
      },
      async onLose() {
        enter('leaving');
        await mayLeave.pass();
        if (failing.leaving) throw new Error('the engine cannot stop');
        record('left');
      },
    });
    endings.push(async () => {
      await claim.end();
      channel.close();
    });

    return {
      claim,
      life,
      failNextStart: () => void (failing.start = true),
      failNextLeaving: () => void (failing.leaving = true),
      holdUpStart: () => mayStart.shut(),
      holdUpLeaving: () => mayLeave.shut(),
      isStarting: () => until(() => phase === 'starting'),
      isLeaving: () => until(() => phase === 'leaving'),
      hasLeft: () => until(() => phase === 'left'),
      freeze: () => awake.shut(),
    };
  }

  return {
    history,
    holders,
    until,
    openTab,
    get timersRun() {
      return timersRun;
    },
    /** Runs the next timer, as soon as there is one. */
    async runTimer(): Promise<void> {
      await until(() => timers.size > 0);
      for (const run of [...timers].slice(0, 1)) {
        timersRun += 1;
        timers.delete(run);
        run();
      }
    },
    /** Runs timers as they come until `work` is through: whoever waits for an answer waits in vain. */
    async runTimersDuring(work: Promise<unknown>): Promise<void> {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
        stir();
      });
      while (!isOver) {
        await until(() => isOver || timers.size > 0);
        for (const run of timers) {
          timersRun += 1;
          timers.delete(run);
          run();
        }
      }
      await over;
    },
    /** Resolves when every tab that is there has heard it. */
    async say(message: unknown): Promise<void> {
      const [speaker, listener] = [new BroadcastChannel(name), new BroadcastChannel(name)];
      const heard = new Promise((resolve) => listener.addEventListener('message', resolve, { once: true }));
      speaker.postMessage(message);
      await heard;
      speaker.close();
      listener.close();
    },
    /** Whether the lock itself is taken. */
    isLocked: () => navigator.locks.request(name, { ifAvailable: true }, (lock) => lock === null),
    async dispose(): Promise<void> {
      for (const end of endings) await end();
    },
  };
}
