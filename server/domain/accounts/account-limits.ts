/** How many tries are free, over which time, and how the wait grows after them: it doubles from `firstDelayMs` to `maxDelayMs`. */
export interface ProgressiveLimit {
  freeTries: number;
  windowMs: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

export interface AccountLimits {
  /** Of one network at one account. */
  pair: ProgressiveLimit;
  /** Of one network at any accounts; failures only. */
  network: ProgressiveLimit;
  /** Failures at one account from anywhere, after which a network that is new to it has one free try. */
  besieged: { failures: number; windowMs: number };
  registrations: { perNetwork: number; windowMs: number };
  /** How long a network and a device count as known after a good password. */
  knownForMs: number;
  /** How long the previous refresh token still gets its successor. */
  refreshGraceMs: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const defaultAccountLimits: AccountLimits = {
  pair: { freeTries: 5, windowMs: 15 * minute, firstDelayMs: 2_000, maxDelayMs: 5 * minute },
  network: { freeTries: 30, windowMs: 15 * minute, firstDelayMs: 2_000, maxDelayMs: 5 * minute },
  besieged: { failures: 50, windowMs: hour },
  registrations: { perNetwork: 60, windowMs: hour },
  knownForMs: 90 * day,
  refreshGraceMs: 20_000,
};
