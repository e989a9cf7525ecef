import type { Presence } from '@parley/shared/contract/entities/presence.ts';
import type { AccountStore } from '../../storage/port/accounts.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { Log } from '../log.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';
import type { LiveChannel } from './channel.ts';
import type { LocalSockets } from './local-sockets.ts';
import type { Peers } from './peers.ts';
import { Whereabouts } from './whereabouts.ts';

/** Who is there (D11): asked for the people on a screen, told to those who asked, gathered over `gatherMs`. */
export class PresenceWatch {
  readonly #accounts: AccountStore;
  readonly #acquaintance: Acquaintance;
  readonly #sockets: LocalSockets;
  readonly #whereabouts: Whereabouts;
  readonly #peers: Pick<Peers, 'tell'> | undefined;
  readonly #channel: LiveChannel;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #gatherMs: number;
  /** Socket ids by the person they watch, and the other way round. */
  readonly #watchers = new Map<string, Set<string>>();
  readonly #watched = new Map<string, Set<string>>();
  /** Those who came or went since the last telling, with what was last told of them. */
  readonly #changed = new Map<string, boolean>();
  /** Of those, whoever was described to somebody meanwhile: what they were before is not what everybody was told last. */
  readonly #describedMeanwhile = new Set<string>();
  /** What each socket has asked last, by number: of two at once the later one holds, whichever is answered first. */
  readonly #asked = new Map<string, number>();
  #askCount = 0;
  #isScheduled = false;

  constructor(options: {
    accounts: AccountStore;
    acquaintance: Acquaintance;
    sockets: LocalSockets;
    channel: LiveChannel;
    clock: Clock;
    log: Log;
    gatherMs: number;
    peers?: Pick<Peers, 'tell'> | undefined;
  }) {
    this.#accounts = options.accounts;
    this.#acquaintance = options.acquaintance;
    this.#sockets = options.sockets;
    this.#whereabouts = new Whereabouts(options.sockets);
    this.#peers = options.peers;
    this.#channel = options.channel;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#gatherMs = options.gatherMs;
  }

  readonly watch: Answer<'watchPresence'> = async (caller, { userIds }) => {
    const { socketId } = caller;
    if (socketId === undefined) throw new DomainError('invalid_request', 'Presence is watched over a socket');
    const ask = (this.#askCount += 1);
    this.#asked.set(socketId, ask);
    const observable = await this.#acquaintance.observable(caller.userId, userIds);
    if (this.#asked.get(socketId) === ask) {
      this.forget(socketId);
      if (this.#sockets.has(socketId)) this.#remember(socketId, observable);
    }
    const people = await this.#describe([...observable]);
    for (const userId of observable) if (this.#changed.has(userId)) this.#describedMeanwhile.add(userId);
    return { people };
  };

  came(userId: string): void {
    this.#note(userId, this.#whereabouts.isElsewhere(userId));
    this.#peers?.tell({ kind: 'came', about: userId });
  }

  went(userId: string): void {
    this.#note(userId, true);
    this.#peers?.tell({ kind: 'went', about: userId });
    this.#accounts
      .touchLastSeen(userId, this.#clock.now())
      .catch((error: unknown) => this.#log.warn('The time somebody was last seen was not written', error));
  }

  /** Tells the other processes all who are here. */
  tellRoster(): void {
    this.#peers?.tell({ kind: 'roster', about: '', userIds: this.#sockets.userIds });
  }

  /** Somebody's first socket of another process has come, or their last one has gone. */
  moved(processId: string, userId: string, isThere: boolean): void {
    const wasOnline = this.#whereabouts.isOnline(userId);
    this.#whereabouts.set(processId, userId, isThere);
    this.#note(userId, wasOnline);
  }

  /** Everybody who has a socket of another process: nobody, once it is gone. */
  replaceRoster(processId: string, userIds: readonly string[]): void {
    for (const userId of this.#whereabouts.replace(processId, new Set(userIds)))
      this.#note(userId, !this.#whereabouts.isOnline(userId));
  }

  forget(socketId: string): void {
    this.#asked.delete(socketId);
    for (const userId of this.#watched.get(socketId) ?? []) {
      const watchers = this.#watchers.get(userId);
      watchers?.delete(socketId);
      if (watchers?.size === 0) this.#watchers.delete(userId);
    }
    this.#watched.delete(socketId);
  }

  #remember(socketId: string, userIds: Set<string>): void {
    this.#watched.set(socketId, userIds);
    for (const userId of userIds) {
      const watchers = this.#watchers.get(userId);
      if (watchers === undefined) this.#watchers.set(userId, new Set([socketId]));
      else watchers.add(socketId);
    }
  }

  #note(userId: string, wasOnline: boolean): void {
    if (!this.#changed.has(userId)) this.#changed.set(userId, wasOnline);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#clock.schedule(() => void this.#tell(), this.#gatherMs);
  }

  async #tell(): Promise<void> {
    this.#isScheduled = false;
    const moved = [...this.#changed].filter(
      ([userId, wasOnline]) => this.#describedMeanwhile.has(userId) || this.#whereabouts.isOnline(userId) !== wasOnline,
    );
    this.#changed.clear();
    this.#describedMeanwhile.clear();
    const told = moved.map(([userId]) => userId).filter((userId) => this.#watchers.has(userId));
    if (told.length === 0) return;
    try {
      const perSocket = new Map<string, Presence[]>();
      for (const presence of await this.#describe(told)) {
        for (const socketId of this.#watchers.get(presence.userId) ?? []) {
          perSocket.set(socketId, [...(perSocket.get(socketId) ?? []), presence]);
        }
      }
      for (const [socketId, people] of perSocket) this.#channel.tellSocket(socketId, 'presenceChanged', { people });
    } catch (error) {
      this.#log.warn('Presence was not told', error);
    }
  }

  async #describe(userIds: readonly string[]): Promise<Presence[]> {
    const away = userIds.filter((userId) => !this.#whereabouts.isOnline(userId));
    const accounts = away.length > 0 ? await this.#accounts.readAccounts(away) : [];
    const lastSeen = new Map(accounts.map((account) => [account.userId, account.lastSeenAt]));
    return userIds.map((userId) => {
      const isOnline = this.#whereabouts.isOnline(userId);
      const lastSeenAt = lastSeen.get(userId);
      return { userId, isOnline, ...(!isOnline && lastSeenAt !== undefined && { lastSeenAt }) };
    });
  }
}
