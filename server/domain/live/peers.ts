import type { Failure } from '@parley/shared/contract/reply.ts';
import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { FeedAdvance, MarkersMoved } from '../../storage/port/conversations.ts';
import type { PlannedChange } from '../conversations/plan.ts';
import type { FactPayload } from './channel.ts';

export type PeerChange = Omit<PlannedChange, 'effects'>;

/**
 * What the processes that serve one server's data tell each other: `about` a conversation, an account or a session. What has to survive
 * is in the store before it is told, so that whoever was not told reads it there; the rest may be lost (D11).
 */
export interface Notices {
  /** Changes with consecutive revs. */
  changed: { about: string; changes: PeerChange[] };
  /** The same, where somebody comes or goes: it may concern a process that does not follow the conversation yet. */
  membersChanged: { about: string; changes: PeerChange[] };
  markersMoved: { about: string; moved: Omit<MarkersMoved, 'advances'> };
  feedAdvanced: { about: string; advance: FeedAdvance };
  profileChanged: { about: string; profile: Profile };
  sessionEnded: { about: string; failure: Failure };
  typing: { about: string; payload: FactPayload<'typingChanged'> };
  /** The account's first socket of that process has come, or its last one has gone. */
  came: { about: string };
  went: { about: string };
  /** Everybody who has a socket of that process; `about` is empty. */
  roster: { about: ''; userIds: string[] };
}

export type NoticeKind = keyof Notices;
export type Notice = { [K in NoticeKind]: { kind: K } & Notices[K] }[NoticeKind];

/** The other processes of this server. */
export interface Peers {
  /** To all of them, in the order told. Never waits and never fails: what is lost is noticed by those who miss it. */
  tell(notice: Notice): void;
  /** From now on; asked once, before anything is told. */
  listen(listener: PeerListener): void;
}

export interface PeerListener {
  /** Whether a notice is worth reading. Asked about every one there is, so it answers from memory. */
  concerns(kind: NoticeKind, about: string): boolean;
  /** In the order each process told them. */
  hear(notice: Notice, processId: string): void;
  /** Somebody is there who does not know who is online here. */
  met(): void;
  /** A process is gone, and all its sockets with it. */
  parted(processId: string): void;
  /**
   * Notices may have been lost: reads from the store what they would have told. Asked once after a loss, and at least once a second for
   * as long as somebody is not heard. When it rejects it is asked again.
   */
  catchUp(): Promise<void>;
}
