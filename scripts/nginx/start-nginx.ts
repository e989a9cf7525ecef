import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../mongodb/guarded-process.ts';
import { projectRoot } from '../run-command.ts';

export interface RunningNginx {
  /** Its https address, on loopback. */
  url: string;
  plainUrl: string;
  /** Signed by itself; this process has to be told to trust it. */
  certificate: string;
  /** As `kill -9`, of its workers too. */
  kill(): Promise<void>;
  /** Where and as it was before it was killed. */
  start(): void;
  stop(): Promise<void>;
}

/** The configuration that is deployed, with the ports of this run in the place of its own; throws what `nginx -t` says against it. */
export async function startNginx(command: string, serverPorts: readonly number[]): Promise<RunningNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-nginx-'));
  const deployed = (name: string) => join(projectRoot, 'deploy', 'nginx', name);
  const [port = 0, plainPort = 0] = await findFreePorts(2);
  const site = readFileSync(deployed('parley.conf'), 'utf8')
    .replace(/^ *listen \[::\].*\n/gm, '')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80', `listen 127.0.0.1:${plainPort}`);
  const upstream = readFileSync(deployed('parley-upstream.conf'), 'utf8').replace(/^ *server .*$/m, (line) =>
    serverPorts.map((one) => line.replace('7440', String(one))).join('\n'),
  );
  mkdirSync(join(folder, 'tls'));
  writeFileSync(join(folder, 'parley-upstream.conf'), upstream);
  writeFileSync(join(folder, 'parley.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log stderr warn;
events { worker_connections 4096; }
http { access_log off; ${temporary} include parley.conf; }`,
  );
  const certificate = ['-keyout', join(folder, 'tls/privkey.pem'), '-out', join(folder, 'tls/fullchain.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      ...certificate,
    ],
    { stdio: 'ignore' },
  );
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  try {
    execFileSync(command, ['-t', ...args], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw new Error((error as { stderr: string }).stderr, { cause: error });
  }
  // In a group of its own, for its workers outlive a master that is killed.
  const run = () => spawn(command, args, { stdio: 'ignore', detached: true });
  let child: ChildProcess | undefined = run();
  async function end(signal: (pid: number) => void): Promise<void> {
    if (child?.pid === undefined) return;
    const ended = once(child, 'close');
    signal(child.pid);
    child = undefined;
    await ended;
  }
  return {
    url: `https://localhost:${port}`,
    plainUrl: `http://localhost:${plainPort}`,
    certificate: readFileSync(join(folder, 'tls/fullchain.pem'), 'utf8'),
    kill: () => end((pid) => process.kill(-pid, 'SIGKILL')),
    start: () => void (child ??= run()),
    async stop() {
      await end((pid) => process.kill(pid, 'SIGTERM'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
