import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { type PageScripts, postName, preloadWorld, takeName } from '../page/page-scripts.ts';
import type { ProcessPipe } from './process-pipe.ts';

interface ContextDescription {
  id: number;
  name: string;
  auxData?: { frameId?: string };
}

/** One window of the app: a page, the preload's world in it, and the way to both. */
export class WindowPage {
  readonly window: number;
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #pipe: ProcessPipe;
  readonly #mainFrameId: string;
  /** The preload's worlds of the documents there are now. */
  readonly #worlds = new Map<number, string>();
  /** Where the page itself wants to go. */
  readonly #wanted: string[] = [];
  #isClosedByApp = false;

  private constructor(window: number, page: Page, cdp: CDPSession, mainFrameId: string, pipe: ProcessPipe) {
    this.window = window;
    this.page = page;
    this.#cdp = cdp;
    this.#mainFrameId = mainFrameId;
    this.#pipe = pipe;
  }

  static async open(
    context: BrowserContext,
    pipe: ProcessPipe,
    { window, scripts, width, height }: { window: number; scripts: PageScripts; width: number; height: number },
    onPage: (page: Page) => void,
  ): Promise<WindowPage> {
    const page = await context.newPage();
    onPage(page);
    await page.setViewportSize({ width, height });
    const cdp = await context.newCDPSession(page);
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const made = new WindowPage(window, page, cdp, frameTree.frame.id, pipe);
    await made.#prepare(scripts);
    return made;
  }

  /** Whether the page itself began this, rather than the app. */
  takeWanted(url: string): boolean {
    const at = this.#wanted.indexOf(url);
    if (at >= 0) this.#wanted.splice(at, 1);
    return at >= 0;
  }

  async load(url: string): Promise<void> {
    const { window } = this;
    try {
      await this.page.goto(url);
      this.#pipe.post({ kind: 'page-loaded', window });
    } catch (error) {
      this.#pipe.post({ kind: 'page-loaded', window, failure: String(error) });
    }
  }

  /** Dropped where the document it was meant for is gone. */
  tell(text: string): void {
    for (const [executionContextId, frameId] of this.#worlds) {
      if (frameId !== this.#mainFrameId) continue;
      const functionDeclaration = `function (text) { globalThis.${takeName}?.(text); }`;
      this.#cdp
        .send('Runtime.callFunctionOn', { functionDeclaration, executionContextId, arguments: [{ value: text }] })
        .catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#isClosedByApp = true;
    await this.page.close();
  }

  async #prepare({ pageWorld, preloadWorld: preloadScript }: PageScripts): Promise<void> {
    const cdp = this.#cdp;
    const { window } = this;
    cdp.on('Runtime.executionContextCreated', ({ context }: { context: ContextDescription }) => {
      if (context.name === preloadWorld) this.#worlds.set(context.id, context.auxData?.frameId ?? '');
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#worlds.delete(executionContextId));
    cdp.on('Runtime.executionContextsCleared', () => this.#worlds.clear());
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== postName) return;
      const frameId = this.#worlds.get(executionContextId);
      const frame = { url: this.page.url(), isMain: frameId === undefined || frameId === this.#mainFrameId };
      this.#pipe.post({ kind: 'page-said', window, text: payload, frame });
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#pipe.post({ kind: 'page-navigated', window, url: frame.url });
    });
    cdp.on('Page.frameRequestedNavigation', ({ url }) => this.#wanted.push(url));
    cdp.on('Page.windowOpen', ({ url }) => this.#pipe.post({ kind: 'page-opens', window, url }));
    this.page.on('close', () => {
      if (!this.#isClosedByApp) this.#pipe.post({ kind: 'page-closing', window });
    });
    this.page.on('crash', () => this.#pipe.post({ kind: 'page-crashed', window }));
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: postName, executionContextName: preloadWorld });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorld });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadScript, worldName: preloadWorld });
  }
}
