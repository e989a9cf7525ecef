import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, BrowserType, Page } from '@playwright/test';
import type { ClaimedProtocol, Device } from './device.ts';

/** How a browser with a profile comes up, and what remains when the profile is thrown away. */
interface Profile {
  open(): Promise<BrowserContext>;
  /** Whether the browser itself ends with Parley, so that only the disk remembers. */
  readonly isOnDisk: boolean;
  discard(): Promise<void>;
}

/** A profile of the browser that the tests share. */
function sharedProfile(browser: Browser, options: BrowserContextOptions): Profile {
  let context: BrowserContext | undefined;
  return {
    isOnDisk: false,
    open: async () => (context ??= await browser.newContext(options)),
    discard: async () => {
      await context?.close();
    },
  };
}

/** A profile on the disk, with a browser of its own. */
function profileOnDisk(browserType: BrowserType, options: BrowserContextOptions): Profile {
  let folder: string | undefined;
  return {
    isOnDisk: true,
    open: async () => {
      folder ??= await mkdtemp(join(tmpdir(), 'parley-profile-'));
      return browserType.launchPersistentContext(folder, options);
    },
    discard: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Parley in a tab of a browser profile. */
export class BrowserDevice implements Device {
  readonly defects: string[] = [];
  readonly #address: string;
  readonly #profile: Profile;
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #claimed: ClaimedProtocol | undefined;

  private constructor(address: string, profile: Profile) {
    this.#address = address;
    this.#profile = profile;
  }

  static inBrowser(browser: Browser, address: string, options: BrowserContextOptions = {}): BrowserDevice {
    return new BrowserDevice(address, sharedProfile(browser, options));
  }

  static onDisk(browserType: BrowserType, address: string, options: BrowserContextOptions = {}): BrowserDevice {
    return new BrowserDevice(address, profileOnDisk(browserType, options));
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('Parley is closed on this device: open it first');
    return this.#page;
  }

  async open(): Promise<void> {
    this.#context = await this.#profile.open();
    // A profile on the disk comes up with an empty tab.
    const empty = this.#profile.isOnDisk ? this.#context.pages()[0] : undefined;
    this.#page = await this.#prepare(empty ?? (await this.#context.newPage()));
    await this.#page.goto(this.#address);
  }

  async close(): Promise<void> {
    if (this.#profile.isOnDisk) await this.#context?.close();
    else await this.#page?.close();
    this.#page = undefined;
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** A further tab of the same profile. The profile goes with the first. */
  async openTab(): Promise<BrowserDevice> {
    const context = this.#context;
    if (context === undefined) throw new Error('The browser is closed: open it first');
    const tab = new BrowserDevice(this.#address, {
      isOnDisk: false,
      open: async () => context,
      discard: async () => {},
    });
    await tab.open();
    return tab;
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await this.#context?.setOffline(isOffline);
  }

  async claim(protocol: ClaimedProtocol): Promise<void> {
    this.#claimed = protocol;
    if (this.#page) await this.#rewriteHandshake(this.#page, protocol);
  }

  async loseSession(): Promise<void> {
    await this.#context?.clearCookies();
  }

  async discard(): Promise<void> {
    if (this.#profile.isOnDisk) await this.close();
    await this.#profile.discard();
  }

  async #prepare(page: Page): Promise<Page> {
    page.on('pageerror', (error) => this.defects.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.defects.push(message.text());
    });
    if (this.#claimed) await this.#rewriteHandshake(page, this.#claimed);
    return page;
  }

  /** The server is the real one; only what this client says of itself is changed on its way there. */
  async #rewriteHandshake(page: Page, protocol: ClaimedProtocol): Promise<void> {
    await page.routeWebSocket(/\/socket\.io\//, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => {
        const isHandshake = typeof frame === 'string' && frame.startsWith('40{');
        if (!isHandshake) return server.send(frame);
        const auth = JSON.parse(frame.slice(2)) as Record<string, unknown>;
        server.send(`40${JSON.stringify({ ...auth, protocol })}`);
      });
    });
  }
}
