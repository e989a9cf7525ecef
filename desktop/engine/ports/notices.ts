import type { AccountKey } from '../api/views.ts';

/** A message as a notification tells it. */
export interface NoticedMessage {
  id: string;
  seq: number;
  at: number;
  authorId: string;
  /** Empty where nothing is known of its author yet. */
  authorName: string;
  text: string;
  /** It calls this account's person by name. */
  isMention: boolean;
}

/** Unread messages of one conversation that nobody at this device was told of. */
export interface Arrival {
  account: AccountKey;
  conversationId: string;
  kind: 'direct' | 'group';
  /** What to call the conversation. */
  title: string;
  /** The newest of them, oldest first. */
  messages: NoticedMessage[];
  /** How many there are, 100 at most. */
  count: number;
}

/** Whoever tells the person that something has come. Absent where nobody does. */
export interface NoticesPort {
  /**
   * `missed`: these came while the line was down or Parley was closed, all of one account at once. What is handed in here once is not
   * handed in again, except after a crash within the seconds it takes to write that down.
   */
  arrived(arrivals: Arrival[], how: 'live' | 'missed'): void;
  /** On any device: everything up to `readSeq` is read; `Infinity` when the conversation can be read no further. */
  read(account: AccountKey, conversationId: string, readSeq: number): void;
  /** The account is no longer on this device. */
  forgotten(account: AccountKey): void;
}
