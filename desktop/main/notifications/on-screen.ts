import type { AccountKey } from '../../engine/api/views.ts';
import type { ShellCommands } from '../../ipc/shell-api.ts';

type Shown = ShellCommands['reportOnScreen']['input']['shown'];

/** What the pages say that they show. Whether anybody looks, the windows know. */
export class OnScreen<Page> {
  readonly #byPage = new Map<Page, NonNullable<Shown>>();
  readonly #hasFocus: (page: Page) => boolean;

  constructor(hasFocus: (page: Page) => boolean) {
    this.#hasFocus = hasFocus;
  }

  report(page: Page, shown: Shown): void {
    if (shown === null) this.#byPage.delete(page);
    else this.#byPage.set(page, shown);
  }

  /** The page is gone, or shows another document. */
  forget(page: Page): void {
    this.#byPage.delete(page);
  }

  /** The newest message of the conversation is in front of the person. */
  shows(account: AccountKey, conversationId: string): boolean {
    return [...this.#byPage].some(
      ([page, shown]) =>
        shown.account === account &&
        shown.conversationId === conversationId &&
        shown.isAtNewest &&
        this.#hasFocus(page),
    );
  }
}
