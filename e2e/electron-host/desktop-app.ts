import type { Page } from '@playwright/test';
import type * as Electron from 'electron';

export type Electronic = typeof Electron;

/** A running desktop app, whichever Electron it runs on. */
export interface DesktopApp {
  /** The first window, once it is there. */
  firstPage(): Promise<Page>;
  /** The windows that are open, oldest first. */
  pages(): Page[];
  /**
   * Runs in the app's main process and answers a copy of the result. The function sees only its arguments; Node's modules come from
   * `process.getBuiltinModule`.
   */
  evaluate<Result, Input = undefined>(
    run: (electron: Electronic, input: Input) => Result | Promise<Result>,
    input?: Input,
  ): Promise<Result>;
  /** Whether the process has ended. */
  readonly hasEnded: boolean;
  /** Resolves when the process has ended, with what it wrote. */
  readonly ended: Promise<string>;
  /** Ends as when the power fails. */
  kill9(): Promise<void>;
  /** Ends as when the person quits. */
  quit(): Promise<void>;
}

export interface AppStartOptions {
  /** The profile: one folder holds all that the app keeps. */
  profile: string;
  /** Variables of its environment, beside those that every process needs. */
  environment: Record<string, string>;
  /** Its main module; by default the built one of Parley. */
  bundle?: string;
  /** Further words of its command line. */
  words?: string[];
}
