import type { CommandResult } from '../../engine/api/commands.ts';
import type {
  NoticeRecord,
  ShellApi,
  ShellCommandName,
  ShellCommands,
  ShellFact,
  ShellView,
} from '../../ipc/shell-api.ts';
import { ids } from './choir.ts';
import { fakeAccount } from './fake-world.ts';

type Answers = {
  [C in ShellCommandName]: (input: ShellCommands[C]['input']) => ShellCommands[C]['value'];
};

const minuteMs = 60_000;

export const quietShell: ShellView = {
  platform: 'linux',
  version: '0.1.0',
  settings: {
    notifications: {
      isOn: true,
      choice: 'all',
      shows: 'message',
      hasSound: true,
      quietHours: { isOn: true, fromMinute: 21 * 60 + 30, untilMinute: 7 * 60 + 30 },
      snoozedUntil: 0,
    },
    startsAtLogin: false,
    startsHidden: true,
    closesToTray: true,
  },
  keychain: 'open',
  canNotify: true,
  hasTray: true,
  zoomFactor: 1,
  update: { kind: 'off' },
};

function recordsBefore(now: number): NoticeRecord[] {
  const record = (minutes: number, title: string, conversationId: string): Omit<NoticeRecord, 'show' | 'reason'> => {
    return { at: now - minutes * minuteMs, account: fakeAccount, conversationId, title, count: 1 };
  };
  return [
    { ...record(2, 'Advent concert', ids.advent), show: 'each', reason: 'mention' },
    { ...record(12, 'Mum', ids.mum), show: 'each', reason: 'new-message' },
    { ...record(16, 'Ines Duarte', ids.ines), show: 'nothing', reason: 'on-screen' },
    { ...record(76, 'Altos', ids.altos), count: 12, show: 'nothing', reason: 'muted' },
    { ...record(170, 'Gwen Hollis', ids.gwen), show: 'nothing', reason: 'quiet-hours' },
    { ...record(190, 'Workshop', ids.workshop), count: 3, show: 'summary', reason: 'missed' },
  ];
}

/** The desktop app without one: it does as it is asked, and tells what the test says. */
export class FakeShell implements ShellApi {
  view: ShellView;
  records: NoticeRecord[];
  /** Every command, in order. */
  readonly calls: { command: ShellCommandName; input: unknown }[] = [];
  /** The next command fails with this. */
  failure: 'local_store_failed' | 'internal' | undefined;
  /** What the keychain says when it is asked again. */
  keychainThen: ShellView['keychain'] = 'open';
  readonly #listeners = new Set<(fact: ShellFact) => void>();

  constructor(view: Partial<ShellView> = {}, now = Date.now()) {
    this.records = recordsBefore(now);
    const lastShown = this.records[0];
    this.view = { ...quietShell, ...(lastShown && { lastShown }), ...view };
  }

  async ask<C extends ShellCommandName>(
    command: C,
    input: ShellCommands[C]['input'],
  ): Promise<CommandResult<ShellCommands[C]['value']>> {
    this.calls.push({ command, input: structuredClone(input) });
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) return { ok: false, error: { code: failure } };
    return { ok: true, value: structuredClone(this.#answers[command](input)) };
  }

  listen(onFact: (fact: ShellFact) => void): () => void {
    this.#listeners.add(onFact);
    onFact({ kind: 'view', view: structuredClone(this.view) });
    return () => this.#listeners.delete(onFact);
  }

  tell(fact: ShellFact): void {
    for (const listener of this.#listeners) listener(structuredClone(fact));
  }

  show(view: Partial<ShellView>): void {
    this.view = { ...this.view, ...view };
    this.tell({ kind: 'view', view: this.view });
  }

  readonly #answers: Answers = {
    changeSettings: (changes) => {
      const { settings } = this.view;
      const notifications = { ...settings.notifications, ...changes.notifications };
      this.show({ settings: { ...settings, ...changes, notifications } });
      return null;
    },
    testNotification: () => null,
    listNotices: () => this.records,
    showTheme: () => null,
    reportOnScreen: () => null,
    tryKeychain: () => {
      this.show({ keychain: this.keychainThen });
      return this.keychainThen;
    },
    update: () => null,
    listLicences: () => [
      { name: '@base-ui/react', version: '1.9.0', licence: 'MIT' },
      { name: 'better-sqlite3-multiple-ciphers', version: '13.0.3', licence: 'MIT' },
      { name: 'hanken-grotesk', version: '5.3.0', licence: 'OFL-1.1' },
      { name: 'lucide-react', version: '1.75.0', licence: 'ISC' },
      { name: 'zod', version: '4.6.7', licence: 'MIT' },
    ],
  };
}
