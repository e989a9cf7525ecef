import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startMongodb } from '../../scripts/mongodb/start-mongodb.ts';
import type { Load } from '../load/load.ts';
import { startProcess, type BenchProcess } from '../processes/start-process.ts';
import type { Grounds, Person } from '../servers/crowd.ts';
import { startRedis } from '../servers/redis-server.ts';
import type { BenchServer } from '../servers/relay-server.ts';
import type { TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn } from './in-turn.ts';
import { loadCore, loadScript, serverCore, serverScripts } from './side.ts';

const connections = 50;

/** One server, of one process or of several, and everybody who is connected to it. */
interface Installation {
  servers: BenchProcess<BenchServer>[];
  load: BenchProcess<Load>;
}

async function install(count: number, grounds?: Grounds): Promise<Installation> {
  const load = startProcess<Load>(loadScript, loadCore);
  const servers: BenchProcess<BenchServer>[] = [];
  let everybody: Person[] | undefined;
  for (let index = 0; index < count; index += 1) {
    const server = startProcess<BenchServer>(serverScripts.product, serverCore);
    servers.push(server);
    const here = grounds && { ...grounds, ...(everybody && { people: everybody }) };
    const { port, people } = await server.ask('start', { people: connections, layout: 'pairs', grounds: here });
    everybody = people;
    // The two of a pair are connected to different processes, where there are some.
    const mine = people.filter((_, place) => place % count === index);
    await load.ask('connect', { name: 'product', port, people: mine, doMark: true });
  }
  return { servers, load };
}

async function say({ servers, load }: Installation, forMs: number) {
  const used = async () => {
    const measured = await Promise.all(servers.map((server) => server.ask('measure', { isCollected: false })));
    return measured.reduce((sum, { cpuUs }) => sum + cpuUs, 0);
  };
  const before = await used();
  const said = await load.ask('sayAndWait', { name: 'product', forMs });
  return { ...said, cpuUs: (await used()) - before };
}

async function uninstall({ servers, load }: Installation): Promise<void> {
  await load.end();
  await Promise.all(servers.map((server) => server.end()));
}

/** The same talk over SQLite and over MongoDB, with one process and with three that Redis connects. Nothing where there is no MongoDB. */
export async function databases({ pairs, windowMs }: Effort): Promise<TableRow[]> {
  const mongodb = await startMongodb();
  const redis = await startRedis();
  if ('missing' in mongodb || redis === undefined) {
    console.log(`databases: ${'missing' in mongodb ? mongodb.missing : 'There is no redis-server.'}`);
    return [];
  }
  const dataDirs: string[] = [];
  const groundsFor = (redisUrl?: string): Grounds => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    dataDirs.push(dataDir);
    const url = new URL(mongodb.url);
    url.pathname = `/${basename(dataDir)}`;
    return { dataDir, databaseUrl: url.href, ...(redisUrl !== undefined && { redisUrl }) };
  };
  const rows: TableRow[] = [];
  const sqlite = await install(1);
  for (const [name, count] of [
    ['MongoDB', 1],
    ['MongoDB, three processes', 3],
  ] as const) {
    const grown = await install(count, groundsFor(count > 1 ? redis.url : undefined));
    for (const installation of [sqlite, grown]) await say(installation, windowMs);
    const measured = await inTurn(pairs, (side) => say(side === 'product' ? grown : sqlite, windowMs));
    await uninstall(grown);
    rows.push(
      {
        id: 'DB',
        name: `1:1 messages, ${name}, to SQLite`,
        unit: '/s',
        compared: compareBy(measured, ({ elapsedMs, messages }) => (messages / elapsedMs) * 1000),
      },
      {
        id: 'DB',
        name: `CPU of the server's processes per message, ${name}, to SQLite`,
        unit: 'µs',
        compared: compareBy(measured, ({ cpuUs, messages }) => cpuUs / messages),
      },
    );
  }
  await uninstall(sqlite);
  await redis.kill();
  await mongodb.stop();
  for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true, force: true });
  return rows;
}
