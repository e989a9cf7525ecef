import { join } from 'node:path';
import { app, type BrowserWindow, type WebContents } from 'electron';
import { snoozeUntil } from '@parley/shared/model/snooze.ts';
import type { ClockPort } from '../../engine/ports/host.ts';
import type { NoticeTarget, ShellView, Theme } from '../../ipc/shell-api.ts';
import { showBadge } from '../badge/show-badge.ts';
import { UnreadTotal } from '../badge/unread-total.ts';
import { parseDeepLink } from '../links/deep-link.ts';
import { followLink } from '../links/follow-link.ts';
import { startAtLogin } from '../login/start-at-login.ts';
import type { Log } from '../log.ts';
import { NoticeCentre } from '../notifications/notice-centre.ts';
import { NoticePresenter } from '../notifications/notice-presenter.ts';
import { OnScreen } from '../notifications/on-screen.ts';
import { replyFromNotice } from '../notifications/reply-from-notice.ts';
import type { RunningEngine } from '../run-engine.ts';
import { Settings } from '../settings/settings.ts';
import type { SessionBus } from '../system/session-bus.ts';
import { AppTray } from '../tray/app-tray.ts';
import { statusLine } from '../tray/status-line.ts';
import { TrayKeeper } from '../tray/tray-keeper.ts';
import type { TrayContent } from '../tray/tray-menu.ts';
import { createUpdates, type Updates } from '../updates/create-updates.ts';
import type { UpdateFeed } from '../updates/read-update-feed.ts';
import type { Words } from '../words/en.ts';
import { FollowedEngine, followEngine } from './followed-engine.ts';
import { readLicences } from './licences.ts';
import { ShellDesk } from './shell-desk.ts';
import { shellHandlers } from './shell-handlers.ts';

export interface DesktopShellOptions {
  platform: ShellView['platform'];
  words: Words;
  /** BCP 47, best first: how times are written. */
  languages: readonly string[];
  /** The folder of this platform's pictures. */
  resources: string;
  /** The folders of the bundles, which say what they are made of. */
  bundles: readonly string[];
  clock: ClockPort;
  sessionBus: SessionBus;
  updateFeed: UpdateFeed | undefined;
  /** Taken when something happens, so that the engine may come later. */
  engine(): Pick<RunningEngine, 'engine' | 'secretKeeping' | 'opensKeychain' | 'restart'>;
  window(): BrowserWindow | undefined;
  showWindow(): void;
  zoomFactor(): number;
  toggleWindow(): void;
  /** The buttons of the window take the colours of the page. */
  showTheme(theme: Theme): void;
  log: Log;
}

/** Everything that makes it a desktop app: notifications, tray, badge, links and settings, and what pages ask of them. */
export class DesktopShell {
  readonly settings: Settings;
  readonly notices: NoticeCentre;
  readonly desk: ShellDesk<WebContents>;
  readonly #options: DesktopShellOptions;
  readonly #views = new FollowedEngine();
  readonly #unread: UnreadTotal;
  readonly #tray: TrayKeeper;
  readonly #presenter: NoticePresenter;
  readonly #onScreen: OnScreen<WebContents>;
  readonly #updates: Updates;
  readonly #time: Intl.DateTimeFormat;
  #readsMarkup: boolean;
  #showBadge = (): void => {};
  #stopWaitingForSnooze = (): void => {};
  #links: string[] = [];

  constructor(options: DesktopShellOptions) {
    const { platform, words, languages, clock, log, sessionBus } = options;
    this.#options = options;
    this.#time = new Intl.DateTimeFormat([...languages], { hour: '2-digit', minute: '2-digit' });
    this.#readsMarkup = platform === 'linux';
    this.#tray = new TrayKeeper({
      isThere: async () => platform !== 'linux' || sessionBus.hasTray(),
      create: () => this.#createTray(),
      onChanged: () => this.desk.showView(),
      pause: (ms) => new Promise((resolve) => void clock.schedule(resolve, ms)),
    });
    this.settings = new Settings({
      file: join(app.getPath('userData'), 'settings.json'),
      hasTray: () => this.#tray.hasTray,
      onUnreadable: (error) => log('the settings could not be read', { error: String(error) }),
    });
    this.#unread = new UnreadTotal(this.#views, clock);
    this.#presenter = new NoticePresenter({
      platform: () => ({ platform, readsMarkup: this.#readsMarkup, replyLabel: words.notices.reply }),
      onCanNotifyChanged: () => this.desk.showView(),
      log,
    });
    this.#onScreen = new OnScreen((page) => {
      const window = options.window();
      return window?.webContents === page && window.isFocused();
    });
    this.#updates = createUpdates({
      feed: options.updateFeed,
      clock,
      onChange: () => {
        this.desk.showView();
        this.#tray.refresh();
      },
      log,
    });
    this.notices = this.#createNotices();
    this.desk = this.#createDesk();
  }

  /** Begins to follow the engine, and to show what it tells. */
  start(): void {
    const { words, resources, window, showWindow, engine, platform, sessionBus } = this.#options;
    this.#showBadge = showBadge({ unread: this.#unread, words, resources, window });
    this.settings.listen(() => {
      this.desk.showView();
      this.#refreshTray();
    });
    this.#unread.listen(() => this.#refreshTray());
    this.#views.listen(() => {
      this.desk.showView();
      this.#refreshTray();
      this.#followLinks();
    });
    followEngine(engine().engine, this.#views);
    if (platform === 'windows') this.#presenter.followActivations(showWindow);
    if (platform !== 'linux') return;
    void sessionBus.readsMarkup().then((readsMarkup) => {
      this.#readsMarkup = readsMarkup;
    });
  }

  /** Resolves when there is a tray, or none is to be expected. */
  async waitForTray(): Promise<boolean> {
    const hasTray = await this.#tray.waitFor();
    if (this.#options.platform === 'linux') void this.#tray.follow();
    return hasTray;
  }

  attach(window: BrowserWindow): void {
    this.desk.attach(window.webContents);
    this.#showBadge();
  }

  /** Whether closing the window leaves Parley where the person can find it. macOS has the dock. */
  staysWhenClosed(): boolean {
    if (this.#options.platform === 'mac') return true;
    return this.#tray.hasTray && this.settings.current.closesToTray;
  }

  /** The window was closed and Parley stays: the first time the person is told where, and without a tray after all it ends. */
  async onWindowHidden(): Promise<void> {
    const { platform, words, showWindow } = this.#options;
    if (platform === 'mac') return;
    if (!(await this.#tray.look())) return app.quit();
    if (this.settings.hasExplainedTray) return;
    this.#presenter.tell(words.notices.staysInTray, words.notices.howToQuit, true, showWindow);
    this.settings.noteTrayExplained();
  }

  /** Shows the window, and does in it what a shortcut of the page does. */
  runCommand(command: string): void {
    this.#options.showWindow();
    this.desk.lead({ kind: 'command', command });
  }

  /** Leads to where a `parley://` link points, once it is known what is on this device. */
  followLink(link: string): void {
    this.#options.showWindow();
    this.#links.push(link);
    this.#followLinks();
  }

  #followLinks(): void {
    if (this.#views.app.phase !== 'ready') return;
    for (const link of this.#links.splice(0)) {
      const meaning = parseDeepLink(link);
      const errand = meaning && followLink(meaning, this.#views);
      if (errand?.kind === 'open' || errand?.kind === 'add-server') this.desk.lead(errand);
    }
  }

  #open(target: NoticeTarget): void {
    this.#options.showWindow();
    this.desk.lead({ kind: 'open', target });
  }

  #createNotices(): NoticeCentre {
    const { words, clock, engine, log } = this.#options;
    return new NoticeCentre({
      present: (notice, on) => {
        this.desk.showView();
        return this.#presenter.present(notice, on);
      },
      words: { app: app.getName(), ...words.notices },
      preferences: () => this.settings.current.notifications,
      conversation: (account, conversationId) => {
        const conversation = this.#views.conversation(account, conversationId);
        return { mutedUntil: 0, ...conversation };
      },
      isOnScreen: (account, conversationId) => this.#onScreen.shows(account, conversationId),
      open: (target) => this.#open(target),
      reply: (target, text) => {
        const onNotSent = (where: NoticeTarget) => this.#tellNotSent(where);
        void replyFromNotice(
          { engine: engine().engine, draftOf: (where) => this.#draftOf(where), onNotSent },
          target,
          text,
        ).catch((error: unknown) => log('an answer from a notification was lost', { error: String(error) }));
      },
      now: () => clock.now(),
      minuteOfDay: () => {
        const now = new Date(clock.now());
        return now.getHours() * 60 + now.getMinutes();
      },
      schedule: (run, delayMs) => clock.schedule(run, delayMs),
    });
  }

  #draftOf({ account, conversationId = '' }: NoticeTarget): string | undefined {
    return this.#views.conversation(account, conversationId)?.draft;
  }

  #tellNotSent(target: NoticeTarget): void {
    const { words } = this.#options;
    const title = this.#views.conversation(target.account, target.conversationId ?? '')?.title ?? app.getName();
    this.#presenter.tell(title, words.notices.replyNotSent, false, () => this.#open(target));
  }

  #createDesk(): ShellDesk<WebContents> {
    const { platform, words, bundles, showWindow, showTheme, log } = this.#options;
    return new ShellDesk<WebContents>({
      handlers: shellHandlers({
        settings: this.settings,
        applyLogin: (settings) => startAtLogin(platform, settings),
        testNotification: () => {
          const { hasSound } = this.settings.current.notifications;
          this.#presenter.tell(app.getName(), words.notices.test, !hasSound, showWindow);
        },
        notices: () => this.notices.records,
        showTheme,
        reportOnScreen: (page, shown) => this.#onScreen.report(page, shown),
        tryKeychain: () => this.#tryKeychain(),
        update: (step) => void this.#updates[step](),
        licences: () => readLicences(bundles.map((folder) => join(folder, 'licences.json'))),
      }),
      view: () => this.#view(),
      onForget: (page) => this.#onScreen.forget(page),
      log,
    });
  }

  #view(): ShellView {
    const lastShown = this.notices.records.find(({ show }) => show !== 'nothing');
    return {
      platform: this.#options.platform,
      version: app.getVersion(),
      settings: this.settings.current,
      keychain: this.#keychain(),
      canNotify: this.#presenter.canNotify,
      hasTray: this.#tray.hasTray,
      zoomFactor: this.#options.zoomFactor(),
      update: this.#updates.state,
      ...(lastShown && { lastShown }),
    };
  }

  #keychain(): ShellView['keychain'] {
    return this.#options.engine().secretKeeping?.kind === 'unavailable' ? 'missing' : 'open';
  }

  /** Without a keychain everything is in memory, and beginning anew forgets it: only for one that opens, and with nothing waiting to be sent. */
  async #tryKeychain(): Promise<ShellView['keychain']> {
    const isSomethingWaiting = [...this.#views.accounts.values()].some(({ waiting }) => waiting > 0);
    const isWorthIt = this.#keychain() === 'missing' && !isSomethingWaiting;
    if (isWorthIt && (await this.#options.engine().opensKeychain())) await this.#options.engine().restart();
    return this.#keychain();
  }

  #createTray(): AppTray {
    const { platform, words, resources, clock, showWindow, toggleWindow } = this.#options;
    const snooze = (snoozedUntil: number) => this.settings.change({ notifications: { snoozedUntil } });
    return new AppTray({
      platform,
      appName: app.getName(),
      words,
      resources,
      content: () => this.#trayContent(),
      unread: () => this.#unread.current,
      actions: {
        open: showWindow,
        openSettings: () => this.runCommand('settings'),
        snooze: (length) => snooze(snoozeUntil(length, clock.now())),
        resume: () => snooze(0),
        installUpdate: () => void this.#updates.install(),
        quit: () => app.quit(),
      },
      toggleWindow,
    });
  }

  #trayContent(): TrayContent {
    const { words, clock } = this.#options;
    const time = (at: number) => this.#time.format(at);
    const { snoozedUntil } = this.settings.current.notifications;
    return {
      status: statusLine([...this.#views.accounts.values()], words.status, time),
      unread: this.#unread.current.messages,
      isUpdateReady: this.#updates.state.kind === 'ready',
      ...(snoozedUntil > clock.now() && { snoozedUntil: time(snoozedUntil) }),
    };
  }

  /** Also when a snooze is over. */
  #refreshTray(): void {
    const { clock } = this.#options;
    this.#stopWaitingForSnooze();
    const leftMs = this.settings.current.notifications.snoozedUntil - clock.now();
    if (leftMs > 0) {
      this.#stopWaitingForSnooze = clock.schedule(() => this.#refreshTray(), Math.min(leftMs, 2 ** 31 - 1));
    }
    this.#tray.refresh();
  }
}
