import type { SettingsChanges, ShellSettings } from '../../ipc/shell-api.ts';
import { isJsonObject, type JsonObject, overlay, readJson, writeJson } from './kept-json.ts';
import { defaultSettings, settingsSchema } from './settings-schema.ts';

export interface SettingsOptions {
  file: string;
  /** Whether there is a tray to close to: only what was chosen is kept, and this decides the rest. */
  hasTray(): boolean;
  onUnreadable(error: unknown): void;
}

/**
 * What this computer was told, in one file. The file holds what somebody has chosen and nothing else, so that defaults can follow the
 * machine; what another version has put there stays.
 */
export class Settings {
  readonly #options: SettingsOptions;
  #kept: JsonObject;
  readonly #listeners = new Set<(now: ShellSettings, before: ShellSettings) => void>();

  constructor(options: SettingsOptions) {
    this.#options = options;
    this.#kept = readJson(options.file, options.onUnreadable);
  }

  /** What holds now; a value in the file that does not fit counts as not chosen. */
  get current(): ShellSettings {
    return fitting(defaultSettings(this.#options.hasTray()), this.#kept);
  }

  /** The person has read that closing leaves Parley in the tray. */
  get hasExplainedTray(): boolean {
    return this.#kept['hasExplainedTray'] === true;
  }

  /** Throws where it cannot be written; then nothing has changed. */
  change(changes: SettingsChanges): void {
    const before = this.current;
    this.#keep({ ...changes });
    for (const listener of [...this.#listeners]) listener(this.current, before);
  }

  noteTrayExplained(): void {
    this.#keep({ hasExplainedTray: true });
  }

  listen(listener: (now: ShellSettings, before: ShellSettings) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(changes: JsonObject): void {
    const next = overlay(this.#kept, changes);
    writeJson(this.#options.file, next);
    this.#kept = next;
  }
}

const shapes = settingsSchema.shape;
const noticeShapes = shapes.notifications.shape;

function fitting(defaults: ShellSettings, kept: JsonObject): ShellSettings {
  const notifications = isJsonObject(kept['notifications']) ? kept['notifications'] : {};
  return {
    ...chosen(defaults, kept, shapes),
    notifications: chosen(defaults.notifications, notifications, noticeShapes),
  };
}

type Shapes<T> = { [K in keyof T]: { safeParse(value: unknown): { success: boolean; data?: unknown } } };

function chosen<T extends object>(defaults: T, kept: JsonObject, shapesOfKeys: Shapes<T>): T {
  const values = { ...defaults };
  for (const key of Object.keys(defaults) as (keyof T & string)[]) {
    const parsed = shapesOfKeys[key].safeParse(kept[key]);
    if (parsed.success) values[key] = parsed.data as T[typeof key];
  }
  return values;
}
