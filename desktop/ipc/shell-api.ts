import type { NoticeChoice } from '@parley/shared/contract/entities/feed.ts';
import type { CommandResult } from '../engine/api/commands.ts';
import type { AccountKey } from '../engine/api/views.ts';

/** What holds on this device for all conversations. */
export interface NoticePreferences {
  isOn: boolean;
  /** Single conversations may differ. */
  choice: NoticeChoice;
  shows: 'message' | 'name' | 'nothing';
  hasSound: boolean;
  /** Minutes after midnight; hours that end before they begin go over midnight. */
  quietHours: { isOn: boolean; fromMinute: number; untilMinute: number };
  /** Milliseconds since 1970; in the past: not snoozed. */
  snoozedUntil: number;
}

/** Why somebody was told of a message, or was not. */
export type NoticeReason =
  | 'new-message'
  | 'mention'
  | 'many-at-once'
  | 'missed'
  | 'on-screen'
  | 'turned-off'
  | 'nothing-chosen'
  | 'no-mention'
  | 'muted'
  | 'snoozed'
  | 'quiet-hours';

/** What was decided about messages that came, for whoever asks why they were (not) told. */
export interface NoticeRecord {
  /** Milliseconds since 1970. */
  at: number;
  account: AccountKey;
  conversationId: string;
  title: string;
  count: number;
  show: 'each' | 'summary' | 'nothing';
  reason: NoticeReason;
}

/** Where a notification leads. */
export interface NoticeTarget {
  account: AccountKey;
  /** Missing where it tells of several conversations. */
  conversationId?: string;
  /** The message it tells of; missing where it tells of several. */
  messageId?: string;
}

/** What this computer was told about the desktop app; nothing here belongs to an account. */
export interface ShellSettings {
  notifications: NoticePreferences;
  startsAtLogin: boolean;
  /** With `startsAtLogin`: in the tray, without a window. */
  startsHidden: boolean;
  /** Closing the window leaves Parley in the tray. */
  closesToTray: boolean;
}

/** What is not named stays, also what somebody else has changed meanwhile. */
export interface SettingsChanges extends Partial<Omit<ShellSettings, 'notifications'>> {
  notifications?: Partial<NoticePreferences>;
}

/** How far this app is on the way to a newer one; `off`: it was built without a place to look for one. */
export type UpdateState =
  | { kind: 'off' }
  | { kind: 'resting'; checkedAt: number | undefined; error?: UpdateError }
  | { kind: 'checking' }
  | { kind: 'offered'; version: string; error?: UpdateError }
  | { kind: 'downloading'; version: string; percent: number }
  | { kind: 'ready'; version: string };

/** `not-genuine`: what came does not carry the publisher's signature, or is not what was signed. */
export type UpdateError = 'unreachable' | 'not-genuine' | 'not-installed';

export type UpdateStep = 'check' | 'download' | 'install';

/** The desktop app as its pages see it. */
export interface ShellView {
  platform: 'mac' | 'windows' | 'linux';
  version: string;
  settings: ShellSettings;
  /** `missing`: there is no keychain, or it does not open; `passphrase`: the person's own passphrase stands in for it. */
  keychain: 'open' | 'missing' | 'passphrase';
  canNotify: boolean;
  hasTray: boolean;
  /** How much larger than usual pages are shown: what the system draws over them does not grow. */
  zoomFactor: number;
  update: UpdateState;
  /** The newest notification that was shown since the start. */
  lastShown?: NoticeRecord;
}

/** The colours a page is drawn in; `system`: as the system has them. */
export type Theme = 'system' | 'light' | 'dark';

/** What a page asks of the desktop app. Each is answered; input and answer are plain data. */
export interface ShellCommands {
  changeSettings: { input: SettingsChanges; value: null };
  /** Shows a notification that says it is a test. */
  testNotification: { input: Record<never, never>; value: null };
  /** Newest first. */
  listNotices: { input: Record<never, never>; value: NoticeRecord[] };
  /** The buttons of the window take the colours of the page. */
  showTheme: { input: { theme: Theme }; value: null };
  /** What the page shows at this moment, `null`: no conversation. Whether its window has the focus main knows itself. */
  reportOnScreen: {
    input: { shown: { account: AccountKey; conversationId: string; isAtNewest: boolean } | null };
    value: null;
  };
  /** Asks the keychain again. */
  tryKeychain: { input: Record<never, never>; value: ShellView['keychain'] };
  /** Looks for a newer Parley, fetches the one that is offered, or restarts into what was fetched; the view says what has come of it. */
  update: { input: { step: UpdateStep }; value: null };
  /** What Parley is made of: the packages' names, versions and licences. */
  listLicences: { input: Record<never, never>; value: { name: string; version: string; licence: string }[] };
}
export type ShellCommandName = keyof ShellCommands;

/** What the desktop app tells its pages. */
export type ShellFact =
  | { kind: 'view'; view: ShellView }
  /** A notification, a deep link or the tray leads here. */
  | { kind: 'open'; target: NoticeTarget }
  /** A menu entry was chosen: the name of the shortcut in the registry of the page. */
  | { kind: 'command'; command: string }
  /** A link asks for this server; the person decides. */
  | { kind: 'add-server'; address: string };

/** The desktop app, as a page has it. */
export interface ShellApi {
  /** Always answered, never with an exception. */
  ask<C extends ShellCommandName>(
    command: C,
    input: ShellCommands[C]['input'],
  ): Promise<CommandResult<ShellCommands[C]['value']>>;
  /** Told the view at once, and what waited for a page; then everything. The returned function ends it. */
  listen(onFact: (fact: ShellFact) => void): () => void;
}
