import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyringSession } from '../../e2e/electron-host/driver/keyring-session.ts';
import { runNode } from '../../scripts/run-command.ts';
import { Shell, type ShellKind } from './shell.ts';

/** A desktop session of its own with a folder for profiles. Whoever opens it closes it. */
export class Desk {
  readonly #session: KeyringSession;
  readonly #folder: string;
  #profiles = 0;

  private constructor(session: KeyringSession, folder: string) {
    this.#session = session;
    this.#folder = folder;
  }

  static async open(): Promise<Desk> {
    return new Desk(await KeyringSession.start(), await mkdtemp(join(tmpdir(), 'parley-desk-')));
  }

  newFolder(): string {
    this.#profiles += 1;
    return join(this.#folder, String(this.#profiles));
  }

  /** Keys are filed under what the profile is called in itself, so the copy has them too. */
  async copyOf(profile: string): Promise<string> {
    const copy = this.newFolder();
    await cp(profile, copy, { recursive: true });
    return copy;
  }

  /** Runs a script that makes a new profile, which is its first argument. */
  async makeProfile(script: string, ...words: string[]): Promise<string> {
    const profile = this.newFolder();
    const env = { PATH: process.env['PATH'], ...this.#session.environment };
    const { exitCode, output } = await runNode([script, profile, ...words], { captured: true, env });
    if (exitCode !== 0) throw new Error(`${script} failed:\n${output}`);
    return profile;
  }

  /** `variables`: further ones of the app's environment. */
  start(kind: ShellKind, profile: string, variables: Record<string, string> = {}): Promise<Shell> {
    return Shell.start({ kind, profile, environment: { ...this.#session.environment, ...variables } });
  }

  async close(): Promise<void> {
    await this.#session.end();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
