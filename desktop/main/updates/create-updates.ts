import type { ClockPort } from '../../engine/ports/host.ts';
import type { UpdateError, UpdateState, UpdateStep } from '../../ipc/shell-api.ts';
import type { Log } from '../log.ts';
import type { UpdateFeed } from './read-update-feed.ts';
import { nextUpdateState, type UpdateEvent } from './update-state.ts';

/** Finds, fetches and installs; see `electron-update-source.ts`. */
export interface UpdateSource {
  /** The version that is newer than this one, if there is one. */
  check(): Promise<string | undefined>;
  /** Fetches what the last check found, whole and as it was signed. */
  download(onPercent: (percent: number) => void): Promise<void>;
  /** Ends the app and starts the new one; rejects where that does not work, and otherwise stays unanswered. */
  install(): Promise<never>;
}

/** What was fetched is not what the publisher signed. */
export class NotGenuineError extends Error {}

/** A step that does not fit the state does nothing. Downloading and installing is only for the person to say. */
export interface Updates extends Record<UpdateStep, () => Promise<void>> {
  readonly state: UpdateState;
  dispose(): void;
}

export interface UpdatesOptions {
  /** Comes with the package, never from a server that people talk over. */
  feed: UpdateFeed | undefined;
  openSource?: (feed: UpdateFeed) => Promise<UpdateSource>;
  clock: ClockPort;
  onChange: (state: UpdateState) => void;
  log: Log;
}

const firstCheckAfterMs = 60_000;
const checkEveryMs = 12 * 60 * 60_000;

/** Loaded when it is first needed: most of it is never needed. */
async function openElectronSource(feed: UpdateFeed): Promise<UpdateSource> {
  const { electronUpdateSource } = await import('./electron-update-source.ts');
  return electronUpdateSource(feed);
}

/** Looks for updates now and then, and does with them what the person wants. Never throws: the state says what went wrong. */
export function createUpdates(options: UpdatesOptions): Updates {
  const { feed, openSource = openElectronSource, clock, onChange, log } = options;
  let state: UpdateState = feed ? { kind: 'resting', checkedAt: undefined } : { kind: 'off' };
  let opened: Promise<UpdateSource> | undefined;
  let cancelNext = () => {};

  const move = (event: UpdateEvent) => {
    state = nextUpdateState(state, event);
    onChange(state);
  };
  const source = async (from: UpdateFeed) => {
    try {
      return await (opened ??= openSource(from));
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  const fail = (error: unknown, otherwise: UpdateError = 'unreachable') => {
    log('an update failed', { error: String(error) });
    move({ kind: 'fail', error: error instanceof NotGenuineError ? 'not-genuine' : otherwise });
  };

  async function check(): Promise<void> {
    if (!feed || (state.kind !== 'resting' && state.kind !== 'offered')) return;
    move({ kind: 'check' });
    try {
      const version = await (await source(feed)).check();
      move(version === undefined ? { kind: 'none', at: clock.now() } : { kind: 'found', version });
    } catch (error) {
      fail(error);
    }
  }

  async function download(): Promise<void> {
    if (!feed || state.kind !== 'offered') return;
    move({ kind: 'accept' });
    try {
      await (await source(feed)).download((percent) => move({ kind: 'progress', percent }));
      move({ kind: 'arrived' });
    } catch (error) {
      fail(error);
    }
  }

  async function install(): Promise<void> {
    if (!feed || state.kind !== 'ready') return;
    try {
      await (await source(feed)).install();
    } catch (error) {
      fail(error, 'not-installed');
    }
  }

  function checkAfter(ms: number): void {
    cancelNext = clock.schedule(() => {
      void check();
      checkAfter(checkEveryMs);
    }, ms);
  }
  if (feed) checkAfter(firstCheckAfterMs);

  return {
    get state() {
      return state;
    },
    check,
    download,
    install,
    dispose: () => cancelNext(),
  };
}
