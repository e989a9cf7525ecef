import type { NoticeChoice } from '@parley/shared/contract/entities/feed.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { AccountKey } from './views.ts';

/** Codes of this side, beside the server's: shown to people like them. */
export type LocalErrorCode =
  /** No connection now; nothing was changed. */
  | 'not_connected'
  /** The address does not answer, and this device cannot tell why. */
  | 'address_unreachable'
  /** There is no server of that name. */
  | 'address_unknown'
  /** A machine is there, and nothing listens on it. */
  | 'address_refused'
  /** The server's certificate is not one this device trusts. */
  | 'address_not_trusted'
  /** It was asked over https, and does not speak it. */
  | 'address_not_secure'
  /** Something answers there, and it is not Parley. */
  | 'address_not_parley'
  /** What this device keeps could not be written. */
  | 'local_store_failed';

export interface CommandFailure {
  code: ErrorCode | LocalErrorCode;
  retryAfterMs?: number;
}
export type CommandResult<T> = { ok: true; value: T } | { ok: false; error: CommandFailure };

interface InAccount {
  account: AccountKey;
}
interface InConversation extends InAccount {
  conversationId: string;
}

/**
 * Everything the UI can ask. Each is answered with a `CommandResult`, never an exception; what a person has typed is safe to forget
 * only when the answer is ok.
 */
export interface Commands {
  /** Takes the engine over from another tab. */
  useHere: { input: Record<never, never>; value: null };
  /** `address` is missing where the server is fixed. */
  describeServer: { input: { address?: string }; value: { address: string; registration: 'open' | 'closed' } };
  register: {
    input: { address?: string; email: string; password: string; name: string };
    value: { account: AccountKey };
  };
  signIn: { input: { address?: string; email: string; password: string }; value: { account: AccountKey } };
  /**
   * With intents or drafts the server lacks and no `force`, answers how many and does nothing. Where the server cannot be told and without
   * `force`, `not_connected`: nothing was changed. With `force` the account leaves this device either way; the session may live on at the
   * server until it runs out or is ended from another device.
   */
  signOut: {
    input: InAccount & { force: boolean };
    value: { signedOut: true } | { signedOut: false; waiting: number };
  };
  /** Tries the connection now instead of at `retryAt`. */
  connectNow: { input: InAccount; value: null };

  updateProfile: { input: InAccount & { name: string }; value: null };
  addContact: {
    input: InAccount & { email: string; alias?: string };
    value: { userId: string; conversationId: string };
  };
  renameContact: { input: InAccount & { userId: string; alias?: string }; value: null };
  removeContact: { input: InAccount & { userId: string }; value: null };

  /** Makes the (perhaps still empty) conversation with one person known to this device. */
  openDirect: { input: InAccount & { userId: string }; value: { conversationId: string } };
  /** Stored in the outbox; the conversation is there at once, in state `new`. */
  createGroup: {
    input: InAccount & { title: string; memberIds: string[]; history: 'everything' | 'since-joining' };
    value: { conversationId: string };
  };
  addMembers: { input: InConversation & { userIds: string[] }; value: null };
  removeMember: { input: InConversation & { userId: string }; value: null };
  leaveGroup: { input: InConversation; value: null };
  renameGroup: { input: InConversation & { title: string }; value: null };
  /** For all devices of the account. `notify` missing: as each device has it for all conversations. */
  setNotices: { input: InConversation & { notify?: NoticeChoice; mutedUntil: number }; value: null };
  /** Takes back a group that could not be made, with what was written in it. */
  discardGroup: { input: InConversation; value: null };

  /** Answered when it is kept in the outbox. `readUpTo`: the highest seq its author had on screen. */
  sendMessage: {
    input: InConversation & { text: string; replyTo?: string; readUpTo?: number };
    value: { messageId: string };
  };
  retryMessage: { input: InConversation & { messageId: string }; value: null };
  discardMessage: { input: InConversation & { messageId: string }; value: null };
  /** With every keystroke; kept soon after, for this and the other devices. */
  setDraft: { input: InConversation & { text: string }; value: null };
  setTyping: { input: InConversation & { isTyping: boolean }; value: null };

  /** Shows the stretch around the first unread message, or the newest. Opening again is harmless. */
  openThread: { input: InConversation; value: null };
  closeThread: { input: InConversation; value: null };
  /** Lengthens the stretch by a page; the other end may be shortened to keep it small. */
  loadOlder: { input: InConversation; value: null };
  loadNewer: { input: InConversation; value: null };
  /** Moves the stretch to the newest messages. */
  jumpToNewest: { input: InConversation; value: null };
  /** Moves the stretch to a message and sets `focus`. */
  jumpToMessage: { input: InConversation & { messageId: string }; value: null };
  /** Messages up to `seq` are on screen, and the window has the focus. */
  markRead: { input: InConversation & { seq: number }; value: null };
  /** Whose presence is on screen now, at most 100. */
  watchPresence: { input: InAccount & { userIds: string[] }; value: null };
}
export type CommandName = keyof Commands;
export type CommandInput<C extends CommandName> = Commands[C]['input'];
export type CommandValue<C extends CommandName> = Commands[C]['value'];
