import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { claimProtocol } from '../electron-host/claim-protocol.ts';
import { setOffline } from '../electron-host/cut-network.ts';
import type { DesktopApp } from '../electron-host/desktop-app.ts';
import { KeyringSession } from '../electron-host/driver/keyring-session.ts';
import { Natives } from '../electron-host/natives.ts';
import { startDesktopApp } from '../electron-host/start-desktop-app.ts';
import type { ClaimedProtocol, Device } from './device.ts';
import { clearSecret, secretsOf } from './secret-service.ts';

/** Parley as a desktop app, on a profile and in a desktop session of its own. */
export class DesktopDevice implements Device {
  readonly defects: string[] = [];
  /** Variables of the environment that it is started in. */
  readonly variables: Record<string, string> = {};
  readonly #browser: Browser;
  readonly #address: string;
  readonly #look: BrowserContextOptions;
  #profile: string | undefined;
  #session: KeyringSession | undefined;
  #app: DesktopApp | undefined;
  #page: Page | undefined;

  constructor(browser: Browser, address: string, look: BrowserContextOptions = {}) {
    this.#browser = browser;
    this.#address = address;
    this.#look = look;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('Parley is closed on this device: open it first');
    return this.#page;
  }

  get app(): DesktopApp {
    if (this.#app === undefined) throw new Error('Parley is closed on this device: open it first');
    return this.#app;
  }

  get natives(): Natives {
    return new Natives(this.app);
  }

  /** Where everything lies that this device keeps. */
  get profile(): string {
    if (this.#profile === undefined) throw new Error('Parley was never opened on this device');
    return this.#profile;
  }

  /** Of every process in this person's desktop session. */
  get environment(): Record<string, string> {
    return this.#session?.environment ?? {};
  }

  /** Up to the screen that this server's people sign in at, or what they had open. */
  async open(): Promise<void> {
    await this.start();
    const addressField = this.page.getByLabel('Server address');
    const somethingElse = this.page
      .getByLabel('Email', { exact: true })
      .or(this.page.getByLabel('You and your server'));
    await addressField.or(somethingElse).first().waitFor();
    if (!(await addressField.isVisible())) return;
    await addressField.fill(this.#address);
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await somethingElse.first().waitFor();
  }

  /** Up to the first window, whatever it shows. */
  async start(...words: string[]): Promise<void> {
    this.#profile ??= await mkdtemp(join(tmpdir(), 'parley-profile-'));
    this.#session ??= await KeyringSession.start();
    this.#app = await this.startAgain(...words);
    this.#page = await this.#app.firstPage();
    this.#page.on('pageerror', (error) => this.defects.push(String(error)));
    this.#page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.defects.push(message.text());
    });
  }

  /** A further process on the same profile. */
  startAgain(...words: string[]): Promise<DesktopApp> {
    const { profile } = this;
    const environment = { ...this.environment, ...this.variables };
    return startDesktopApp(this.#browser, { profile, environment, words }, this.#look);
  }

  async close(): Promise<void> {
    await this.#app?.kill9();
    this.#forgetApp();
  }

  /** Ends Parley as a person does. */
  async quit(): Promise<void> {
    await this.#app?.quit();
    this.#forgetApp();
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await setOffline(this.app, isOffline);
  }

  async claim(protocol: ClaimedProtocol): Promise<void> {
    await claimProtocol(this.app, protocol);
    // The connection outlives any page, so it takes a broken line to get to the next one.
    await setOffline(this.app, true);
    await setOffline(this.app, false);
  }

  async loseSession(): Promise<void> {
    const tokens = (await secretsOf(this.environment)).filter(({ account }) => account.includes('/refresh-token/'));
    for (const { account } of tokens) await clearSecret(this.environment, account);
  }

  async discard(): Promise<void> {
    await this.close();
    await this.#session?.end();
    if (this.#profile !== undefined) await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #forgetApp(): void {
    this.#app = undefined;
    this.#page = undefined;
  }
}
