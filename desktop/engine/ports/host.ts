import type { HttpPort } from './http.ts';
import type { LocalStorePort } from './local-store.ts';
import type { NoticesPort } from './notices.ts';
import type { SocketPort } from './socket.ts';

/** Time, as the engine sees it. Tests drive it by hand. */
export interface ClockPort {
  /** Milliseconds since 1970: for people's eyes only. */
  now(): number;
  /** Milliseconds that never run backwards: for every measurement. */
  monotonic(): number;
  /** Runs once after `delayMs`; the returned function takes it back. */
  schedule(run: () => void, delayMs: number): () => void;
}

export interface RandomPort {
  /** Cryptographically random bytes. */
  bytes(count: number): Uint8Array;
}

/** Whether the device has a network, as far as it knows. */
export interface ConnectivityPort {
  isOnline(): boolean;
  /** Told on every change, and when the device wakes up: then `isOnline` may be unchanged. The returned function ends it. */
  onChange(listener: () => void): () => void;
}

/**
 * Secrets of one device. In the desktop app the keychain; in the browser the refresh token lives in a cookie that no script sees, so
 * `keeps` is `cookie` and nothing is stored here.
 */
export interface VaultPort {
  readonly keeps: 'cookie' | 'token';
  read(accountKey: string): Promise<string | null>;
  write(accountKey: string, refreshToken: string): Promise<void>;
  erase(accountKey: string): Promise<void>;
}

/** Everything the engine asks of the place it runs in. */
export interface Host {
  clock: ClockPort;
  random: RandomPort;
  connectivity: ConnectivityPort;
  socket: SocketPort;
  http: HttpPort;
  vault: VaultPort;
  store: LocalStorePort;
  /** Tells the person what has come, where the platform can. */
  notices?: NoticesPort;
  /** The server of this page; missing where the person gives the address. */
  fixedAddress?: string;
  /** Where the person gives the address: one to begin with. */
  suggestedAddress?: string;
  /** What a session of this device is called in lists. */
  deviceName: string;
  /** Where defects are reported; never with a person's words in it. */
  log(event: string, details?: Record<string, unknown>): void;
}
