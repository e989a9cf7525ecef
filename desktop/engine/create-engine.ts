import { accountCommands, type AccountCommand } from './account-commands.ts';
import { AccountEngine } from './account-engine.ts';
import type { CommandFailure, CommandInput, CommandName, CommandResult, CommandValue } from './api/commands.ts';
import type { EngineApi } from './api/engine-api.ts';
import type { AccountKey, AppView } from './api/views.ts';
import { Refusal } from './connection/ask.ts';
import type { Host } from './ports/host.ts';
import type { LocalStore } from './ports/local-store.ts';
import { askServer, describeServer } from './session/ask-server.ts';
import { Session } from './session/session.ts';
import { accountKeyOf, type Credentials, normalizeAddress, signIn } from './session/sign-in.ts';
import { AccountMemory } from './store/account-memory.ts';
import { ChangeFeed } from './store/change-feed.ts';

export type Engine = EngineApi & {
  /** Stores what is on its way into the store and lets go of everything. */
  close(): Promise<void>;
};

/** Opens what this device keeps, shows it, and connects. */
export function createEngine(host: Host): Engine {
  return new Accounts(host);
}

class Accounts implements Engine {
  readonly #host: Host;
  readonly #feed = new ChangeFeed();
  readonly #ask;
  readonly #accounts = new Map<AccountKey, AccountEngine>();
  /** Whose session has gone to somebody else: no longer shown, and not forgotten yet. */
  readonly #leaving = new Set<AccountEngine>();
  readonly #opened: Promise<void>;

  constructor(host: Host) {
    this.#host = host;
    this.#ask = askServer(host.http);
    this.#opened = this.#openAll();
  }

  async subscribe(onBatch: Parameters<EngineApi['subscribe']>[0]) {
    const snapshot = this.#feed.snapshot();
    const end = this.#feed.listen(onBatch);
    return { snapshot, end };
  }

  async call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResult<CommandValue<C>>> {
    try {
      await this.#opened;
      return { ok: true, value: await this.#run(command, input) };
    } catch (error) {
      return { ok: false, error: this.#failureOf(command, error) };
    }
  }

  async close(): Promise<void> {
    await this.#opened;
    await Promise.all([...this.#accounts.values(), ...this.#leaving].map((account) => account.close()));
  }

  async #run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>> {
    const own = (this.#commands as Partial<Record<CommandName, (input: never) => Promise<unknown>>>)[command];
    if (own !== undefined) return (await own(input as never)) as CommandValue<C>;
    const account = this.#accounts.get((input as { account: AccountKey }).account);
    if (account === undefined) throw new Refusal('unauthenticated');
    const handler = accountCommands[command as AccountCommand] as (
      engine: AccountEngine,
      input: unknown,
    ) => Promise<unknown>;
    return (await handler(account, input)) as CommandValue<C>;
  }

  readonly #commands = {
    useHere: async () => null,

    describeServer: async ({ address }: CommandInput<'describeServer'>) => {
      const found = this.#addressOf(address);
      const { registration } = await describeServer(this.#ask, found);
      return { address: found, registration };
    },

    register: (input: CommandInput<'register'>) => this.#enter(input.address, input),

    signIn: (input: CommandInput<'signIn'>) => this.#enter(input.address, input),

    signOut: async ({ account: key, force }: CommandInput<'signOut'>) => {
      const account = this.#accounts.get(key);
      const waiting = account?.unsent ?? 0;
      if (waiting > 0 && !force) return { signedOut: false as const, waiting };
      if (account !== undefined) {
        await this.#endSession(account, force);
        await account.erase();
        this.#accounts.delete(key);
        this.#showApp();
      }
      return { signedOut: true as const };
    },
  };

  /** A session that lives on at the server, and in a page as a cookie, is not left behind unless the person wants it. */
  async #endSession({ connection, session }: AccountEngine, force: boolean): Promise<void> {
    connection.stop();
    try {
      await session.logOut();
    } catch (error) {
      if (!force) {
        connection.start();
        throw error;
      }
    }
    await session.forget();
  }

  async #openAll(): Promise<void> {
    for (const key of await this.#listKept()) {
      try {
        await this.#openKept(key);
      } catch (error) {
        this.#host.log('an account could not be opened', { error: String(error) });
      }
    }
    this.#showApp();
    for (const account of this.#accounts.values()) account.start();
  }

  async #listKept(): Promise<AccountKey[]> {
    try {
      return await this.#host.store.list();
    } catch (error) {
      this.#host.log('what this device keeps could not be listed', { error: String(error) });
      return [];
    }
  }

  /** A store without its account was begun and not finished; one that still holds what somebody wrote is kept for their next sign-in. */
  async #openKept(key: AccountKey): Promise<void> {
    const store = await this.#host.store.open(key);
    const [account] = await store.readAll('account');
    if (account !== undefined) {
      this.#accounts.set(key, await this.#openAccount(key, account.userId, account.serverAddress, store));
      return;
    }
    const [waiting, drafts] = await Promise.all([store.readAll('outbox'), store.readAll('drafts')]);
    await (waiting.length + drafts.length > 0 ? store.close() : store.erase());
  }

  #openAccount(key: AccountKey, userId: string, address: string, store: LocalStore): Promise<AccountEngine> {
    const session = new Session({ host: this.#host, address, accountKey: key, ask: this.#ask });
    return AccountEngine.open({ key, userId, address, host: this.#host, feed: this.#feed, store, session });
  }

  async #enter(typedAddress: string | undefined, credentials: Credentials): Promise<{ account: AccountKey }> {
    const address = this.#addressOf(typedAddress);
    const { serverId, epoch } = await describeServer(this.#ask, address);
    const known = [...this.#accounts].find(
      ([key, { context }]) => key.startsWith(`${serverId}/`) && emailOf(context.memory) === credentials.email.trim(),
    );
    if (known === undefined) this.#requireRoom();
    const deviceId = known?.[1].context.memory.get('account', 'account')?.deviceId;
    const { signedIn, deviceId: usedDeviceId } = await signIn(this.#host, this.#ask, address, credentials, deviceId);
    const { profile, email } = signedIn.account;
    const key = accountKeyOf(serverId, profile.userId);
    const existing = this.#accounts.get(key);
    if (existing !== undefined) {
      await existing.session.adopt(signedIn);
      existing.connection.connectNow();
    } else {
      await this.#makeRoom();
      const store = await this.#host.store.open(key);
      try {
        const account = await this.#openAccount(key, profile.userId, address, store);
        await account.context.memory.transact((transaction) =>
          transaction.put('account', 'account', {
            userId: profile.userId,
            deviceId: usedDeviceId,
            email,
            name: profile.name,
            profileVersion: profile.version,
            serverAddress: address,
            serverId,
            epoch,
            feedRev: 0,
          }),
        );
        await account.session.adopt(signedIn);
        this.#accounts.set(key, account);
        account.start();
      } catch (error) {
        // A store is opened once at a time: left open, it would refuse the next try.
        await store.close();
        throw error;
      }
    }
    this.#showApp(key);
    return { account: key };
  }

  /** A page's session is one cookie: whoever is signed in there signs out before somebody else comes. */
  #requireRoom(): void {
    if (this.#host.vault.keeps === 'token') return;
    for (const { connection } of this.#accounts.values()) if (!connection.isSignedOut) throw new Refusal('forbidden');
  }

  /** Somebody else has signed in, and the cookie is theirs: they see nothing of whoever was here, and nothing is sent in their name. */
  async #makeRoom(): Promise<void> {
    if (this.#host.vault.keeps === 'token') return;
    for (const account of this.#accounts.values()) this.#leaving.add(account);
    this.#accounts.clear();
    try {
      for (const account of this.#leaving) {
        await account.leave();
        this.#leaving.delete(account);
      }
    } catch (error) {
      this.#showApp();
      throw error;
    }
  }

  #addressOf(typed: string | undefined): string {
    const address = this.#host.fixedAddress ?? typed;
    if (address === undefined) throw new Refusal('address_unreachable');
    return normalizeAddress(address);
  }

  /** `first`: who has just signed in comes first. */
  #showApp(first?: AccountKey): void {
    const keys = [...this.#accounts.keys()];
    this.#feed.setApp({
      phase: 'ready',
      accounts: first === undefined ? keys : [first, ...keys.filter((key) => key !== first)],
      storage: this.#host.store.kind,
      server: this.#howToFindServers(),
    });
  }

  #howToFindServers(): Extract<AppView, { phase: 'ready' }>['server'] {
    const { fixedAddress, suggestedAddress } = this.#host;
    if (fixedAddress !== undefined) return { kind: 'fixed' };
    return suggestedAddress === undefined ? { kind: 'ask' } : { kind: 'ask', suggested: suggestedAddress };
  }

  #failureOf(command: CommandName, error: unknown): CommandFailure {
    if (error instanceof Refusal) {
      return { code: error.code, ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }) };
    }
    this.#host.log('command failed', { command, error: String(error) });
    return { code: 'local_store_failed' };
  }
}

function emailOf(memory: AccountMemory): string | undefined {
  return memory.get('account', 'account')?.email;
}
