import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bus lives as long as the pipe to it: whoever started it may die in any way. */
const session = `
printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets > /dev/null
printf '%s\\n' "$DBUS_SESSION_BUS_ADDRESS"
cat > /dev/null
`;

/** A desktop session of one person: a bus with a Secret Service on it, and a home of its own, so that people share no keys. */
export class KeyringSession {
  /** For every process of this session. */
  readonly environment: Record<string, string>;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, environment: Record<string, string>, child: ChildProcess) {
    this.#folder = folder;
    this.environment = environment;
    this.#child = child;
  }

  static async start(): Promise<KeyringSession> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-session-'));
    const places = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: join(folder, 'run') };
    for (const place of Object.values(places)) await mkdir(place, { recursive: true, mode: 0o700 });
    const child = spawn('dbus-run-session', ['--', 'sh', '-c', session], {
      env: { PATH: process.env['PATH'], KEYRING_PASSWORD: 'choir', ...places },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => reject(new Error(`No session with a Secret Service:\n${said.join('')}`)));
      child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    });
    return new KeyringSession(folder, { ...places, DBUS_SESSION_BUS_ADDRESS: address }, child);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.stdin?.end();
      await closed;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
