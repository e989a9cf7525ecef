import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installDebianPackages } from '../debian-packages.ts';
import { runCommand } from '../run-command.ts';
import { findFreePorts, startGuarded, type GuardedProcess } from './guarded-process.ts';

const ferretdbVersion = '2.7.0';
const goVersion = '1.25.4';
const goProxy =
  process.env['GOPROXY']?.split(/[,|]/).find((url) => url.startsWith('https:')) ?? 'https://proxy.golang.org';

export interface FerretdbInstallation {
  ferretdb: string;
  /** The root of a Debian with PostgreSQL and DocumentDB. */
  postgresRoot: string;
}

function placesIn(folder: string): FerretdbInstallation {
  return {
    ferretdb: join(folder, `ferretdb-${ferretdbVersion}`, 'ferretdb'),
    postgresRoot: join(folder, 'documentdb-postgresql-18'),
  };
}

/** What an earlier run has installed below `folder`, if this machine may still run it. */
export function findFerretdb(folder: string): FerretdbInstallation | undefined {
  const places = placesIn(folder);
  const isComplete = existsSync(places.ferretdb) && existsSync(places.postgresRoot);
  return isComplete && process.getuid?.() === 0 ? places : undefined;
}

/** Installs what is missing below `folder`, once; on Debian as root. */
export async function installFerretdb(folder: string): Promise<FerretdbInstallation> {
  const places = placesIn(folder);
  if (!existsSync(places.ferretdb)) await inDraft(dirname(places.ferretdb), (draft) => buildFerretdb(draft, folder));
  if (!existsSync(places.postgresRoot)) await inDraft(places.postgresRoot, bootstrapPostgres);
  return places;
}

/** The data is in memory and gone afterwards. */
export async function startFerretdb({
  ferretdb,
  postgresRoot,
}: FerretdbInstallation): Promise<GuardedProcess & { url: string; postgresUrl: string }> {
  const [postgresPort = 0, port = 0] = await findFreePorts(2);
  const script = join(import.meta.dirname, 'ferretdb.sh');
  const inside = ['sh', script, postgresRoot, ferretdb, String(postgresPort), String(port)];
  const args = ['--mount', '--pid', '--fork', '--kill-child', ...inside];
  const guarded = await startGuarded('unshare', args, port);
  const postgresUrl = `postgres://postgres@127.0.0.1:${postgresPort}/postgres`;
  return { url: `mongodb://127.0.0.1:${port}/`, postgresUrl, ...guarded };
}

/** What was begun and not finished never gets the name. */
async function inDraft(target: string, work: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await work(draft);
  renameSync(draft, target);
}

async function run(what: string, command: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  const result = await runCommand(command, args, { captured: true, env: { ...process.env, ...env } });
  if (result.exitCode !== 0) throw new Error(`${what} failed:\n${result.output.trim().slice(-2000)}`);
}

async function buildFerretdb(draft: string, folder: string): Promise<void> {
  const go = await findGo(folder);
  const source = `github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v${ferretdbVersion}`;
  console.error(`Building FerretDB ${ferretdbVersion} for the tests ...`);
  await run('Building FerretDB', go, ['install', source], { GOBIN: draft, CGO_ENABLED: '0' });
}

/** A Go that is new enough: the one on the PATH, else the one that the module proxy serves. */
async function findGo(folder: string): Promise<string> {
  const present = await runCommand('go', ['env', 'GOVERSION'], { captured: true }).catch(() => null);
  const minor = Number(/go1\.(\d+)/.exec(present?.output ?? '')?.[1] ?? 0);
  // From 1.21 on it brings the version that a module asks for by itself, unless it is told not to.
  if (minor >= Number(goVersion.split('.')[1])) return 'go';
  const home = join(folder, `go-${goVersion}`);
  if (!existsSync(home)) await inDraft(home, bringGo);
  return join(home, 'bin', 'go');
}

async function bringGo(draft: string): Promise<void> {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (architecture === undefined) throw new Error(`Go is not served for ${process.arch}`);
  const name = `v0.0.1-go${goVersion}.linux-${architecture}`;
  console.error(`Bringing Go ${goVersion} ...`);
  const response = await fetch(`${goProxy}/golang.org/toolchain/@v/${name}.zip`);
  if (!response.ok) throw new Error(`The Go module proxy answered ${response.status}`);
  mkdirSync(draft, { recursive: true });
  const archive = join(draft, 'go.zip');
  await writeFile(archive, new Uint8Array(await response.arrayBuffer()));
  if ((await runCommand('unzip', ['-v'], { captured: true }).catch(() => null)) === null)
    await installDebianPackages('unzip');
  await run('Unpacking Go', 'unzip', ['-q', archive, '-d', draft]);
  rmSync(archive);
  const unpacked = join(draft, `golang.org/toolchain@${name}`);
  for (const part of ['bin', 'pkg', 'src', 'lib', 'go.env', 'VERSION'])
    renameSync(join(unpacked, part), join(draft, part));
  // The archive of a module carries no modes.
  await run('Making Go executable', 'chmod', ['-R', '+x', join(draft, 'bin'), join(draft, 'pkg', 'tool')]);
}

async function bootstrapPostgres(draft: string): Promise<void> {
  if (!existsSync('/usr/bin/mmdebstrap')) await installDebianPackages('mmdebstrap');
  console.error('Installing PostgreSQL with DocumentDB for the tests ...');
  const packages = 'postgresql-18,postgresql-18-documentdb';
  const options = ['APT::Install-Recommends "false"', 'Acquire::Check-Valid-Until "false"'];
  await run('Installing PostgreSQL with DocumentDB', 'mmdebstrap', [
    '--mode=root',
    '--variant=minbase',
    `--include=${packages}`,
    ...options.map((option) => `--aptopt=${option}`),
    'sid',
    draft,
    debianMirror(),
  ]);
}

/** The mirror that the machine's own packages come from. */
function debianMirror(): string {
  const lists = ['/etc/apt/sources.list', ...globSync('/etc/apt/sources.list.d/*.{list,sources}')].filter(existsSync);
  const text = lists.map((list) => readFileSync(list, 'utf8')).join('\n');
  const urls = [...text.matchAll(/^(?:deb\s+(?:\[[^\]]*\]\s+)?|URIs:\s*)(https?:\/\/\S+)/gm)].map(
    ([, url = '']) => url,
  );
  return urls.find((url) => /\/debian\/?$/.test(url)) ?? 'http://deb.debian.org/debian';
}
