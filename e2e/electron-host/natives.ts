import type { DesktopApp, Electronic } from './desktop-app.ts';
import type { NativeRecord } from './host/native-record.ts';

type RecordedTray = Electron.Tray & { menu?: Electron.Menu | null };

/** What the system shows of an app, and a person's hand on it. */
export class Natives {
  readonly #app: DesktopApp;

  constructor(app: DesktopApp) {
    this.#app = app;
  }

  /** Addresses that were handed to the system. */
  openedExternally(): Promise<string[]> {
    return this.#ask(({ openedExternally }) => openedExternally);
  }

  /** What stood in message boxes. */
  boxes(): Promise<NativeRecord['boxes']> {
    return this.#ask(({ boxes }) => boxes);
  }

  badge(): Promise<number> {
    return this.#app.evaluate(({ app }) => app.getBadgeCount());
  }

  /** The labels of the tray's menu; nothing where there is no tray. */
  trayMenu(): Promise<string[] | undefined> {
    return this.#ask(({ trays: [tray] }) => {
      const menu = (tray as RecordedTray | undefined)?.menu;
      return menu?.items.filter(({ visible, type }) => visible && type !== 'separator').map(({ label }) => label);
    });
  }

  clickTray(): Promise<void> {
    return this.#ask(({ trays: [tray] }) => void tray?.emit('click'));
  }

  clickTrayItem(label: string): Promise<void> {
    return this.#ask(({ trays: [tray] }, wanted) => {
      const item = (tray as RecordedTray | undefined)?.menu?.items.find((candidate) => candidate.label === wanted);
      if (item === undefined) throw new Error(`The tray has no item ${wanted}`);
      setImmediate(() => item.click());
    }, label);
  }

  /** Those that are shown, oldest first. */
  notifications(): Promise<{ title: string; body: string }[]> {
    return this.#ask(({ notifications }) => notifications.map(({ title, body }) => ({ title, body })));
  }

  clickNotification(body: string): Promise<void> {
    return this.#ask(({ notifications }, wanted) => {
      const shown = notifications.find((candidate) => candidate.body === wanted);
      if (shown === undefined) throw new Error(`No notification says ${wanted}`);
      setImmediate(() => shown.emit('click'));
    }, body);
  }

  /** The labels of the menu that the person popped up last. */
  popup(): Promise<string[] | undefined> {
    return this.#ask(({ popup }) => popup?.items.filter(({ type }) => type !== 'separator').map(({ label }) => label));
  }

  /** Runs in the app, where it sees only its arguments. */
  #ask<Result, Input = undefined>(
    look: (record: NativeRecord, input: Input) => Result,
    input?: Input,
  ): Promise<Result> {
    const code = `return (${look.toString()})(globalThis[Symbol.for('parley.native-record')], input);`;
    // eslint-disable-next-line typescript/no-implied-eval -- crosses to the other process as source text anyhow
    const ask = new Function('electron', 'input', code) as (electron: Electronic, input: Input) => Result;
    return this.#app.evaluate(ask, input);
  }
}
