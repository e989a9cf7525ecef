/** One word after `npm run parley --`. */
export interface Command {
  /** What may follow the word; empty where nothing may. */
  usage: string;
  /** One line for the list. */
  about: string;
  /** What `help <command>` says below that line. */
  details: string;
  /** Resolves with what to say at the end. `progress` shows meanwhile how far it is. Rejects with `ConfigError` or any other error whose message is for people. */
  run(args: readonly string[], progress: (line: string) => void): Promise<string>;
}

/** Somebody has asked for what there is not; the message says what there is. */
export class UsageError extends Error {}
