export interface KeptTray {
  refresh(): void;
  destroy(): void;
}

export interface TrayKeeperOptions {
  /** Whether there is a tray to stand in: on Linux it may come after us, and go. */
  isThere(): Promise<boolean>;
  create(): KeptTray;
  onChanged(): void;
  /** Resolves after a while. */
  pause(ms: number): Promise<void>;
}

/** A desktop that has just been signed in to shows its panel within the sum of these. Each look starts a program, so they are few. */
const pausesMs = [1000, 2000, 4000, 8000, 8000];
/** One that is put there later, or started anew, is found by the next look. */
const lookEveryMs = 60_000;

/**
 * Holds the icon in the tray for as long as there is a tray.
 *
 *     none --found--> shown --found gone--> none
 */
export class TrayKeeper {
  readonly #options: TrayKeeperOptions;
  #tray: KeptTray | undefined;

  constructor(options: TrayKeeperOptions) {
    this.#options = options;
  }

  /** As far as is known. */
  get hasTray(): boolean {
    return this.#tray !== undefined;
  }

  /** Looks whether there is one now, and answers it. */
  async look(): Promise<boolean> {
    const isThere = await this.#options.isThere();
    if (isThere === this.hasTray) return isThere;
    if (isThere) {
      this.#tray = this.#options.create();
    } else {
      this.#tray?.destroy();
      this.#tray = undefined;
    }
    this.#options.onChanged();
    return isThere;
  }

  /** Looks again and again until there is one, or the desktop has had its time. */
  async waitFor(): Promise<boolean> {
    for (const pauseMs of pausesMs) {
      if (await this.look()) return true;
      await this.#options.pause(pauseMs);
    }
    return this.look();
  }

  /** Looks now and then, for good: panels come and go. */
  async follow(): Promise<never> {
    for (;;) {
      await this.#options.pause(lookEveryMs);
      await this.look();
    }
  }

  refresh(): void {
    this.#tray?.refresh();
  }
}
