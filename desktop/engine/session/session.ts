import type { OutputOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import { Refusal } from '../connection/ask.ts';
import type { Host } from '../ports/host.ts';
import type { AskServer } from './ask-server.ts';

export type SignedIn = OutputOf<Operations['login']>;

/** A token this close to its end is renewed before it is used. */
const marginMs = 60_000;

/**
 * The session of one account on this device. The access token lives in memory only; the refresh token in the vault (or a cookie), and
 * each is good once, so renewing happens one at a time and the new one is stored before it is used.
 */
export class Session {
  readonly #host: Host;
  readonly #address: string;
  readonly #accountKey: string;
  readonly #ask: AskServer;
  #access: { token: string; goodUntil: number } | undefined;
  #renewing: Promise<string> | undefined;

  constructor(options: { host: Host; address: string; accountKey: string; ask: AskServer }) {
    this.#host = options.host;
    this.#address = options.address;
    this.#accountKey = options.accountKey;
    this.#ask = options.ask;
  }

  /** Takes over what signing in has brought. */
  async adopt({ tokens }: SignedIn): Promise<void> {
    if (this.#host.vault.keeps === 'token') {
      if (tokens.refreshToken === undefined) throw new Refusal('internal');
      await this.#host.vault.write(this.#accountKey, tokens.refreshToken);
    }
    const goodForMs = Math.max(0, tokens.accessTokenExpiresInMs - marginMs);
    this.#access = { token: tokens.accessToken, goodUntil: this.#host.clock.monotonic() + goodForMs };
  }

  async accessToken(renew: boolean): Promise<string> {
    if (!renew && this.#access !== undefined && this.#host.clock.monotonic() < this.#access.goodUntil)
      return this.#access.token;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** Ends the session on the server. Resolves where it has ended already; rejects with `not_connected` where that cannot be known. */
  async logOut(): Promise<void> {
    const logOut = async (renew: boolean) => this.#ask(this.#address, 'logout', {}, await this.accessToken(renew));
    try {
      await logOut(false).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'token_expired') return logOut(true);
        throw error;
      });
    } catch (error) {
      if (error instanceof Refusal && error.class === 'sign-in') return;
      this.#host.log('the server was not told of the sign-out', { error: String(error) });
      throw new Refusal('not_connected');
    }
  }

  /** Forgets the session on this device. */
  async forget(): Promise<void> {
    this.#access = undefined;
    await this.#host.vault.erase(this.#accountKey);
  }

  async #renew(): Promise<string> {
    const kept = this.#host.vault.keeps === 'token' ? await this.#host.vault.read(this.#accountKey) : undefined;
    if (kept === null) throw new Refusal('unauthenticated');
    const signedIn = await this.#ask(this.#address, 'refresh', kept === undefined ? {} : { refreshToken: kept });
    if (!this.#accountKey.endsWith(`/${signedIn.account.profile.userId}`)) throw new Refusal('unauthenticated');
    await this.adopt(signedIn);
    return signedIn.tokens.accessToken;
  }
}
