import type { Page } from '@playwright/test';

/** Which versions of the wire a client claims to speak. */
export interface ClaimedProtocol {
  current: number;
  oldestAccepted: number;
}

/** Where one person uses Parley. A spec does not know what kind it is. */
export interface Device {
  /** What the person sees; there only while Parley is open. */
  readonly page: Page;
  /** Starts Parley with whatever it kept here. */
  open(): Promise<void>;
  /** Ends Parley at once; what it stored stays. */
  close(): Promise<void>;
  /** Shows the page afresh, as after a reload by the person. */
  reload(): Promise<void>;
  /** Takes the network away, or gives it back. */
  setOffline(isOffline: boolean): Promise<void>;
  /** From the next connection on this device claims to speak other versions than it does. */
  claim(protocol: ClaimedProtocol): Promise<void>;
  /** Forgets the session, as when its secret was lost or cleared by the system. */
  loseSession(): Promise<void>;
  /** What went wrong in the page so far, and should not have. */
  readonly defects: readonly string[];
  /** Ends Parley and removes everything it kept here. */
  discard(): Promise<void>;
}
