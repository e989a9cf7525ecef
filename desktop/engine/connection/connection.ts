import type { FactKey } from '@parley/shared/contract/registry.ts';
import { facts } from '@parley/shared/contract/registry.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import type { OutputOf, PayloadOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { ConnectionView } from '../api/views.ts';
import type { Host } from '../ports/host.ts';
import type { Link, LinkEnd } from '../ports/socket.ts';
import { operations } from '@parley/shared/contract/registry.ts';
import { type Ask, readReply, Refusal } from './ask.ts';
import { backoffMs } from './backoff.ts';
import { type ConnectionState, moveConnection, viewConnection } from './connection-state.ts';
import { parseSurvivable } from './survivable.ts';

export type Hello = OutputOf<Operations['hello']>;
export type FactHandlers = { [K in FactKey]?: (payload: PayloadOf<(typeof facts)[K]>) => void };

const requestTimeoutMs = 20_000;
const retry = { baseMs: 1_000, capMs: 30_000 };
/** However long a server asks to be left alone: an attempt costs it little, and its word may be wrong. */
const waitAtMostMs = 10 * 60_000;
/** How often and how long a request is held back that was asked too often. */
const patience = { tries: 5, totalMs: 60_000, baseMs: 1_000 };
/** After something was told that this version cannot read, everything is checked this soon. */
const checkSoonMs = 1_000;
/** How often the view is looked at again: "as of" grows stale by itself. */
const tickMs = 5_000;

export interface ConnectionOptions {
  host: Host;
  address: string;
  /** A token good for a handshake; rejects with a `Refusal`. `renew`: the last one was refused as expired. */
  accessToken(renew: boolean): Promise<string>;
  facts: FactHandlers;
  /** Looks at who the server is, and who one is there, before anything else is asked or heard. Rejects to give this connection up. */
  greet(hello: Hello): Promise<void>;
  /** The handshake is through: fetch what is missing. Rejects to give this connection up. */
  catchUp(hello: Hello, progress: (done: number, total: number) => void): Promise<void>;
  /** Asks whether everything is here, and fetches what is not. */
  heartbeat(): Promise<void>;
  changed(view: ConnectionView): void;
}

const heartbeatMs = 30_000;
const factByName = new Map(
  Object.entries(facts).map(([key, fact]) => [fact.name as string, { key: key as FactKey, fact }]),
);

/** Keeps one account connected: connects, catches up, notices silence, tries again. */
export class Connection {
  readonly #options: ConnectionOptions;
  #state: ConnectionState = { kind: 'stopped' };
  #link: Link | undefined;
  /** Grows with every attempt; what an older attempt still does is ignored. */
  #attemptId = 0;
  #attempts = 0;
  #mustRenew = false;
  /** A token that was renewed and is refused as expired again is not renewed at once: that would never end. */
  #hasRenewed = false;
  #isCheckDue = false;
  #beatingId: number | undefined;
  #reconnectInMs: number | undefined;
  #confirmed: { at: number; monotonic: number } | undefined;
  #endNetwork: (() => void) | undefined;
  #cancelTick: (() => void) | undefined;
  /** The one thing an attempt waits for: its next beat, or the time to try again. */
  #cancelNext: (() => void) | undefined;
  /** Requests that are held back: an attempt that ends wakes them. */
  readonly #held = new Set<() => void>();
  /** Who waits for a line. */
  readonly #awaited = new Set<() => void>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** There is a line, and it is known who is at its other end. */
  get isOpen(): boolean {
    return this.#link !== undefined && (this.#state.kind === 'catching-up' || this.#state.kind === 'current');
  }

  get isSignedOut(): boolean {
    return this.#state.kind === 'signed-out';
  }

  start(): void {
    this.#endNetwork = this.#options.host.connectivity.onChange(() => this.#networkChanged());
    this.#tick();
    this.connectNow();
  }

  stop(): void {
    this.#endNetwork?.();
    this.#cancelTick?.();
    this.#abandon();
    for (const end of this.#awaited) end();
    if (this.#state.kind !== 'stopped') this.#state = { kind: 'stopped' };
  }

  /** Tries at once, whatever was waited for. */
  connectNow(): void {
    if (this.#state.kind === 'connecting' || this.isOpen) return;
    if (!this.#options.host.connectivity.isOnline()) this.#goOffline();
    else void this.#attempt();
  }

  signedOut(): void {
    this.#abandon();
    this.#move({ kind: 'signed-out' });
  }

  /** Everything is here, as the server has just said. */
  confirm(): void {
    const { clock } = this.#options.host;
    this.#confirmed = { at: clock.now(), monotonic: clock.monotonic() };
    this.#tell();
  }

  /** Something could not be taken in: begins again from what is stored. */
  restart(): void {
    if (!this.isOpen) return;
    this.#abandon();
    this.#waitForRetry();
  }

  readonly ask: Ask = async (key, input) => {
    const link = this.#link;
    if (link === undefined || !(this.isOpen || key === 'hello')) throw new Refusal('not_connected');
    let reply;
    try {
      reply = await link.request(operations[key].name, input, requestTimeoutMs);
    } catch {
      throw new Refusal('not_connected');
    }
    try {
      return readReply(key, reply);
    } catch (error) {
      if (error instanceof Refusal && error.class === 'sign-in' && this.#link === link) this.#mustSignIn(error.code);
      throw error;
    }
  };

  /** Asks, and asks again where it was too often: for what nobody waits for with a retry of their own. */
  readonly askPatiently: Ask = async (key, input) => {
    const { clock } = this.#options.host;
    const link = this.#link;
    const until = clock.monotonic() + patience.totalMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.ask(key, input);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'rate_limited' || tries >= patience.tries) throw error;
        const delayMs = error.retryAfterMs ?? patience.baseMs * 2 ** (tries - 1);
        if (clock.monotonic() + delayMs > until) throw error;
        await this.#hold(delayMs);
        if (this.#link !== link) throw new Refusal('not_connected');
      }
    }
  };

  /** Resolves with whether there is a line: as soon as there is one, after `withinMs` at the latest, and at once without a network. */
  opened(withinMs: number): Promise<boolean> {
    if (this.isOpen || !this.#options.host.connectivity.isOnline()) return Promise.resolve(this.isOpen);
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#awaited.delete(end);
        resolve(this.isOpen);
      };
      const cancel = this.#options.host.clock.schedule(end, withinMs);
      this.#awaited.add(end);
    });
  }

  #hold(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#held.delete(wake);
        resolve();
      };
      const cancel = this.#options.host.clock.schedule(wake, delayMs);
      this.#held.add(wake);
    });
  }

  async #attempt(): Promise<void> {
    this.#abandon();
    const attemptId = this.#attemptId;
    this.#move({ kind: 'connecting', attempt: this.#attempts });
    try {
      const token = await this.#options.accessToken(this.#mustRenew);
      this.#mustRenew = false;
      if (attemptId === this.#attemptId) this.#open(attemptId, token);
    } catch (error) {
      if (attemptId === this.#attemptId) this.#refused(error);
    }
  }

  #open(attemptId: number, token: string): void {
    const isMine = () => attemptId === this.#attemptId;
    this.#link = this.#options.host.socket.open({
      address: this.#options.address,
      token,
      protocol: protocolVersion,
      handlers: {
        onOpen: () => {
          if (isMine()) void this.#opened(attemptId);
        },
        onFact: (name, payload) => {
          if (isMine()) this.#heard(name, payload);
        },
        onEnd: (end) => {
          if (isMine()) this.#ended(end);
        },
      },
    });
  }

  async #opened(attemptId: number): Promise<void> {
    const isMine = () => attemptId === this.#attemptId;
    try {
      const hello = await this.askPatiently('hello', {});
      if (!isMine()) return;
      if (hello.protocol.current < protocolVersion.oldestAccepted) {
        this.#abandon();
        this.#move({ kind: 'update-needed', which: 'server' });
        return;
      }
      await this.#options.greet(hello);
      if (!isMine()) return;
      this.#move({ kind: 'catching-up', done: 0, total: 0 });
      for (const end of this.#awaited) end();
      await this.#options.catchUp(hello, (done, total) => {
        if (isMine() && this.#state.kind === 'catching-up') this.#move({ kind: 'catching-up', done, total });
      });
      if (!isMine()) return;
      this.#attempts = 0;
      this.#hasRenewed = false;
      this.#move({ kind: 'current' });
      this.confirm();
      this.#beatLater();
    } catch (error) {
      if (isMine()) this.#refused(error);
    }
  }

  /** One at a time: a device that wakes up often does not ask more often. */
  async #beat(): Promise<void> {
    const attemptId = this.#attemptId;
    if (this.#beatingId === attemptId) return;
    this.#beatingId = attemptId;
    this.#isCheckDue = false;
    try {
      await this.#options.heartbeat();
      this.#beatingId = undefined;
      if (attemptId === this.#attemptId) this.#beatLater();
    } catch (error) {
      this.#beatingId = undefined;
      if (attemptId === this.#attemptId) this.#refused(error);
    }
  }

  #beatLater(): void {
    this.#next(() => void this.#beat(), this.#isCheckDue ? checkSoonMs : heartbeatMs);
  }

  /** What was told and cannot be read is fetched instead: starting over would meet it again, and again. */
  #checkSoon(): void {
    if (this.#isCheckDue) return;
    this.#isCheckDue = true;
    if (this.#state.kind === 'current' && this.#beatingId !== this.#attemptId) this.#beatLater();
  }

  #heard(name: string, payload: unknown): void {
    const known = factByName.get(name);
    if (known === undefined) return;
    const parsed = parseSurvivable(known.fact.payload, payload);
    if (!parsed.success) {
      this.#options.host.log('fact not understood', { name });
      this.#checkSoon();
      return;
    }
    if (known.key === 'serverStopping') this.#reconnectInMs = (parsed.data as { reconnectInMs: number }).reconnectInMs;
    if (known.key === 'sessionEnded') {
      this.#mustSignIn((parsed.data as { error: { code: string } }).error.code);
      return;
    }
    // What a stranger tells is not taken in; what is told before the catch-up, that brings, too.
    if (!this.isOpen) return;
    (this.#options.facts[known.key] as ((payload: unknown) => void) | undefined)?.(parsed.data);
  }

  #ended(end: LinkEnd): void {
    if (end.kind === 'refused') this.#refused(new Refusal(end.failure.code, end.failure.retryAfterMs));
    else this.#refused(new Refusal('not_connected', this.#reconnectInMs));
  }

  #refused(error: unknown): void {
    this.#abandon();
    const refusal = error instanceof Refusal ? error : new Refusal('internal');
    if (!(error instanceof Refusal)) this.#options.host.log('connection given up', { error: String(error) });
    if (refusal.code === 'client_too_old' || refusal.code === 'server_too_old') {
      this.#move({ kind: 'update-needed', which: refusal.code === 'client_too_old' ? 'client' : 'server' });
    } else if (refusal.code === 'token_expired') {
      this.#mustRenew = true;
      if (this.#hasRenewed || this.#state.kind !== 'connecting') this.#waitForRetry();
      else {
        this.#hasRenewed = true;
        void this.#attempt();
      }
    } else if (refusal.class === 'sign-in') {
      this.#move({ kind: 'signed-out' });
    } else if (!this.#options.host.connectivity.isOnline()) {
      this.#goOffline();
    } else {
      this.#waitForRetry(refusal.retryAfterMs);
    }
  }

  /** A token that has only run out is renewed; everything else that ends a session needs the person. */
  #mustSignIn(code: string): void {
    if (code === 'token_expired') this.#refused(new Refusal(code));
    else this.signedOut();
  }

  #waitForRetry(atLeastMs = 0): void {
    const { clock, random } = this.#options.host;
    const delayMs = Math.min(waitAtMostMs, Math.max(atLeastMs, backoffMs(random, this.#attempts, retry)));
    this.#attempts += 1;
    this.#hasRenewed = false;
    this.#reconnectInMs = undefined;
    this.#move({ kind: 'waiting', attempt: this.#attempts, retryAt: clock.now() + delayMs });
    this.#next(() => this.connectNow(), delayMs);
  }

  #networkChanged(): void {
    if (!this.#options.host.connectivity.isOnline()) {
      if (this.#state.kind !== 'signed-out' && this.#state.kind !== 'update-needed') this.#goOffline();
      return;
    }
    if (this.#state.kind === 'offline' || this.#state.kind === 'waiting') {
      this.#attempts = 0;
      this.connectNow();
    } else if (this.#state.kind === 'current') {
      void this.#beat();
    }
  }

  #goOffline(): void {
    this.#abandon();
    const since = this.#state.kind === 'offline' ? this.#state.since : this.#options.host.clock.now();
    this.#move({ kind: 'offline', since });
  }

  /** Ends the attempt under way, if any. */
  #abandon(): void {
    this.#attemptId += 1;
    this.#cancelNext?.();
    this.#isCheckDue = false;
    this.#link?.close();
    this.#link = undefined;
    for (const wake of this.#held) wake();
  }

  #tick(): void {
    this.#tell();
    this.#cancelTick = this.#options.host.clock.schedule(() => this.#tick(), tickMs);
  }

  #next(run: () => void, delayMs: number): void {
    this.#cancelNext?.();
    this.#cancelNext = this.#options.host.clock.schedule(run, delayMs);
  }

  #move(to: ConnectionState): void {
    this.#state = moveConnection(this.#state, to);
    this.#tell();
  }

  #tell(): void {
    this.#options.changed(viewConnection(this.#state, this.#confirmed, this.#options.host.clock.monotonic()));
  }
}
