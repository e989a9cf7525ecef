/**
 * Turns passwords into something that may be stored. Every call costs the same whatever the outcome, and none blocks the process.
 * Rejects with `DomainError` `unavailable` and a `retryAfterMs` when more are waiting than it will take.
 */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With `null` for a hash (nobody has this address) it works as long and answers false. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** What an access token says. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  deviceId: string;
}

/** Access tokens: signed, short-lived, nothing stored. */
export interface AccessTokens {
  readonly lifetimeMs: number;
  sign(claims: AccessClaims, at: number): string;
  /** Anything but a token this server signed and that is still good is refused with a word why. */
  read(token: string, at: number): { kind: 'good'; claims: AccessClaims } | { kind: 'expired' } | { kind: 'bad' };
}

/** Refresh tokens: each session's derive from its stored seed and a key that is not in the database. */
export interface RefreshMac {
  /** 256 random bits, base64url. */
  mintSeed(): string;
  /** base64url, the same for the same input. */
  sign(sessionId: string, generation: number, seed: string): string;
  /** In constant time. */
  isSame(left: string, right: string): boolean;
}

/** Names something by a keyed hash, so that the name itself is stored nowhere. */
export type HideName = (name: string) => string;

/** Whether a password is among the well-known ones. */
export type IsCommonPassword = (password: string) => boolean;
