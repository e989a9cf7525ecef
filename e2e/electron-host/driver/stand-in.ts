import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request, Route } from '@playwright/test';
import { projectRoot } from '../../../scripts/run-command.ts';
import type { AppStartOptions, DesktopApp, Electronic } from '../desktop-app.ts';
import type { PageRequest, ToDriver, Verdict } from '../messages.ts';
import { ProcessPipe } from './process-pipe.ts';
import { WindowPage } from './window-page.ts';

const host = join(projectRoot, 'e2e', 'electron-host', 'host');
const parley = join(projectRoot, 'out', 'main', 'main.js');

/** Apps that run now, by profile: a second start of one is heard by the first. */
const running = new Map<string, StandIn>();

/** The built app in a process of its own, with pages of Chromium for windows. */
export class StandIn implements DesktopApp {
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #context: BrowserContext;
  readonly #pipe: ProcessPipe;
  readonly #profile: string;
  readonly #windows = new Map<number, Promise<WindowPage>>();
  readonly #ours = new Set<Page>();
  readonly #verdicts = new Map<number, (verdict: Verdict) => void>();
  readonly #evaluations = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  #lastId = 0;
  #firstWindow = Promise.withResolvers<WindowPage>();

  private constructor(child: ChildProcess, context: BrowserContext, profile: string) {
    this.#child = child;
    this.#context = context;
    this.#profile = profile;
    this.#pipe = new ProcessPipe(child, (message) => this.#hear(message));
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    this.ended = new Promise((resolve) => {
      child.once('close', () => void this.#end(said.join('')).then(resolve));
    });
    this.#firstWindow.promise.catch(() => undefined);
  }

  static async start(
    browser: Browser,
    { profile, environment, bundle = parley, words = [] }: AppStartOptions,
    look: BrowserContextOptions = {},
  ): Promise<StandIn> {
    const context = await browser.newContext(look);
    const args = [
      '--import',
      join(host, 'register.ts'),
      join(host, 'start.ts'),
      bundle,
      `--user-data-dir=${profile}`,
      ...words,
    ];
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const app = new StandIn(child, context, profile);
    if (!running.has(profile)) running.set(profile, app);
    await context.route('**/*', (route, request) => app.#decide(route, request));
    context.on('page', (page) => void app.#refuseStranger(page));
    return app;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async firstPage(): Promise<Page> {
    const { page } = await this.#firstWindow.promise;
    return page;
  }

  pages(): Page[] {
    return [...this.#ours];
  }

  evaluate<Result, Input = undefined>(
    run: (electron: Electronic, input: Input) => Result | Promise<Result>,
    input?: Input,
  ): Promise<Result> {
    const id = (this.#lastId += 1);
    this.#pipe.post({ kind: 'evaluate', id, source: run.toString(), input });
    return new Promise<unknown>((resolve, reject) => this.#evaluations.set(id, { resolve, reject })) as Promise<Result>;
  }

  async kill9(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async quit(): Promise<void> {
    await this.evaluate(({ app }) => setImmediate(() => app.quit()) && undefined).catch(() => undefined);
    await this.ended;
  }

  #hear(message: ToDriver): void {
    switch (message.kind) {
      case 'open-page': {
        const opening = WindowPage.open(this.#context, this.#pipe, message, (page) => {
          this.#ours.add(page);
          page.on('close', () => this.#ours.delete(page));
        });
        this.#windows.set(message.window, opening);
        opening.then(this.#firstWindow.resolve, this.#firstWindow.reject);
        return;
      }
      case 'load-page':
        return this.#inWindow(message.window, (window) => window.load(message.url));
      case 'grant':
        void this.#grant(message).catch(() => undefined);
        return;
      case 'tell-page':
        return this.#inWindow(message.window, (window) => window.tell(message.text));
      case 'resize-page':
        return this.#inWindow(message.window, ({ page }) => page.setViewportSize(message));
      case 'close-page':
        this.#inWindow(message.window, (window) => window.close());
        this.#windows.delete(message.window);
        return;
      case 'verdict':
        this.#verdicts.get(message.id)?.(message.verdict);
        this.#verdicts.delete(message.id);
        return;
      case 'evaluated': {
        const waiting = this.#evaluations.get(message.id);
        this.#evaluations.delete(message.id);
        if (message.isOk) waiting?.resolve(message.value);
        else waiting?.reject(new Error(String(message.value)));
        return;
      }
      case 'second-instance':
        this.#elder()?.post(message);
    }
  }

  /** One after the other in each window. What comes too late for a page is as lost as in any window that closes. */
  #inWindow(id: number, act: (window: WindowPage) => Promise<void> | void): void {
    void this.#windows
      .get(id)
      ?.then(act)
      .catch(() => undefined);
  }

  /** The app that runs on this profile already. */
  #elder(): ProcessPipe | undefined {
    const elder = running.get(this.#profile);
    return elder === undefined || elder === this ? undefined : elder.#pipe;
  }

  async #decide(route: Route, request: Request): Promise<void> {
    const asked = await this.#describe(request);
    // Windows of pages are refused before they have shown anything.
    if (asked === undefined || this.hasEnded) return route.abort('aborted').catch(() => undefined);
    const id = (this.#lastId += 1);
    const verdict = await new Promise<Verdict>((resolve) => {
      this.#verdicts.set(id, resolve);
      this.#pipe.post({ kind: 'request', id, request: asked });
    });
    const isDone =
      verdict.kind === 'continue'
        ? route.continue()
        : verdict.kind === 'abort'
          ? route.abort('aborted')
          : route.fulfill({ ...verdict, body: Buffer.from(verdict.body) });
    // A page that has closed meanwhile waits for nothing.
    await isDone.catch(() => undefined);
  }

  async #describe(request: Request): Promise<PageRequest | undefined> {
    const windows = await Promise.all(this.#windows.values());
    const frame = frameOf(request);
    const own = windows.find(({ page }) => page === frame?.page());
    if (frame === undefined || own === undefined) return undefined;
    const body = request.postDataBuffer();
    const isMainFrame = frame.parentFrame() === null;
    return {
      window: own.window,
      url: request.url(),
      method: request.method(),
      headers: request.headers(),
      body,
      resourceType: request.resourceType(),
      ...(request.isNavigationRequest() && { navigation: { isMainFrame, isByPage: own.takeWanted(request.url()) } }),
    };
  }

  async #grant({ url, permissions }: Extract<ToDriver, { kind: 'grant' }>): Promise<void> {
    if (url.startsWith('https:')) await this.#context.grantPermissions(permissions, { origin: new URL(url).origin });
  }

  async #refuseStranger(page: Page): Promise<void> {
    if (await page.opener()) await page.close();
  }

  async #end(said: string): Promise<string> {
    if (running.get(this.#profile) === this) running.delete(this.#profile);
    const reason = new Error(`The app has ended:\n${said}`);
    this.#firstWindow.reject(reason);
    for (const { reject } of this.#evaluations.values()) reject(reason);
    for (const decide of this.#verdicts.values()) decide({ kind: 'abort' });
    await this.#context.close();
    return said;
  }
}

/** The first request of a page that is being opened has no frame yet. */
function frameOf(request: Request) {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}
