import type { CommandResult } from '../../engine/api/commands.ts';
import type { ToPage } from '../../ipc/channels.ts';
import type { ShellCommandName, ShellCommands, ShellFact, ShellView } from '../../ipc/shell-api.ts';
import type { ShellAnswer, ShellRequest } from '../../ipc/shell-messages.ts';
import type { Log } from '../log.ts';
import { shellSchemas } from './shell-schemas.ts';

/** What the desk needs of a page; Electron's `WebContents` is one. */
export interface DeskPage {
  send(channel: keyof ToPage, message: ShellAnswer): void;
  isDestroyed(): boolean;
  on(event: 'did-navigate', listener: () => void): unknown;
  once(event: 'destroyed', listener: () => void): unknown;
}

export type ShellHandlers<Page> = {
  [C in ShellCommandName]: (
    input: ShellCommands[C]['input'],
    page: Page,
  ) => CommandResult<ShellCommands[C]['value']> | Promise<CommandResult<ShellCommands[C]['value']>>;
};

export interface ShellDeskOptions<Page> {
  handlers: ShellHandlers<Page>;
  view(): ShellView;
  /** The page is gone, or shows another document. */
  onForget(page: Page): void;
  log: Log;
}

type Errand = Exclude<ShellFact, { kind: 'view' }>;

/** Whoever clicks so often before a page is there no longer waits for the first. */
const errandsAtMost = 20;

/** Where pages ask the desktop app, and are told by it. What leads somewhere waits until there is a page to lead. */
export class ShellDesk<Page extends DeskPage> {
  readonly #options: ShellDeskOptions<Page>;
  readonly #listening = new Set<Page>();
  #errands: Errand[] = [];
  #isViewDue = false;

  constructor(options: ShellDeskOptions<Page>) {
    this.#options = options;
  }

  /** Until the page is destroyed; a document that is loaded anew has to listen anew. */
  attach(page: Page): void {
    const forget = () => {
      this.#listening.delete(page);
      this.#options.onForget(page);
    };
    page.on('did-navigate', forget);
    page.once('destroyed', forget);
  }

  hear(request: ShellRequest, page: Page): void {
    if (request.kind === 'ask') return void this.#answer(request, page);
    this.#listening.add(page);
    this.#tell(page, { kind: 'view', view: this.#options.view() });
    for (const errand of this.#errands.splice(0)) this.#tell(page, errand);
  }

  /** Leads the page that listens somewhere, or the next one that does. */
  lead(errand: Errand): void {
    const [page] = this.#listening;
    if (page !== undefined) return this.#tell(page, errand);
    this.#errands = [...this.#errands, errand].slice(-errandsAtMost);
  }

  /** Something in the view may have changed: every page is told once what has come of it. */
  readonly showView = (): void => {
    if (this.#isViewDue) return;
    this.#isViewDue = true;
    queueMicrotask(() => {
      this.#isViewDue = false;
      const view = this.#options.view();
      for (const page of this.#listening) this.#tell(page, { kind: 'view', view });
    });
  };

  async #answer({ id, command, input }: Extract<ShellRequest, { kind: 'ask' }>, page: Page): Promise<void> {
    this.#send(page, { kind: 'answer', id, result: await this.#resultOf(command, input, page) });
  }

  async #resultOf(command: string, input: unknown, page: Page): Promise<CommandResult<unknown>> {
    const parsed = isCommand(command) ? shellSchemas[command].safeParse(input) : undefined;
    if (!isCommand(command) || !parsed?.success) return { ok: false, error: { code: 'invalid_request' } };
    try {
      return await this.#options.handlers[command](parsed.data as never, page);
    } catch (error) {
      this.#options.log('a command of a page failed', { command, error: String(error) });
      return { ok: false, error: { code: 'internal' } };
    }
  }

  #tell(page: Page, fact: ShellFact): void {
    this.#send(page, { kind: 'fact', fact });
  }

  #send(page: Page, answer: ShellAnswer): void {
    if (!page.isDestroyed()) page.send('shell:tell', answer);
  }
}

function isCommand(name: string): name is ShellCommandName {
  return Object.hasOwn(shellSchemas, name);
}
