import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { projectRoot } from '../../../scripts/run-command.ts';
import type { AppStartOptions, DesktopApp, Electronic } from '../desktop-app.ts';

/** The built app on the Electron that is installed. */
export class RealElectron implements DesktopApp {
  readonly ended: Promise<string>;
  readonly #app: ElectronApplication;

  private constructor(app: ElectronApplication) {
    this.#app = app;
    const child = app.process();
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    }
    this.ended = new Promise((resolve) => child.once('close', () => resolve(said.join(''))));
  }

  static async start(
    executablePath: string,
    { profile, environment, bundle, words = [] }: AppStartOptions,
  ): Promise<RealElectron> {
    const recorder = join(import.meta.dirname, 'record-natives.cjs');
    // Chromium refuses to be sandboxed for root, as tests in a container are.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [...asRoot, '--require', recorder, bundle ?? projectRoot, `--user-data-dir=${profile}`, ...words];
    const { DISPLAY = '', WAYLAND_DISPLAY = '', PATH = '' } = process.env;
    const env = { PATH, DISPLAY, WAYLAND_DISPLAY, ...environment };
    return new RealElectron(await _electron.launch({ executablePath, args, cwd: projectRoot, env, locale: 'en-US' }));
  }

  get hasEnded(): boolean {
    const { exitCode, signalCode } = this.#app.process();
    return exitCode !== null || signalCode !== null;
  }

  firstPage(): Promise<Page> {
    return this.#app.firstWindow();
  }

  pages(): Page[] {
    return this.#app.windows();
  }

  evaluate<Result, Input = undefined>(
    run: (electron: Electronic, input: Input) => Result | Promise<Result>,
    input?: Input,
  ): Promise<Result> {
    return this.#app.evaluate(run as never, input as never);
  }

  async kill9(): Promise<void> {
    this.#app.process().kill('SIGKILL');
    await this.ended;
  }

  async quit(): Promise<void> {
    await this.#app.evaluate(({ app }) => void setImmediate(() => app.quit())).catch(() => undefined);
    await this.ended;
  }
}
