import { parseArgs } from 'node:util';
import { printsOf } from '../config/load-secrets.ts';
import { copyData, type CopyStep } from '../copy/copy-data.ts';
import { toldOpenError, withKeyThatOpens } from '../open-storage.ts';
import { openMongoArchive } from '../storage/mongo/archive.ts';
import type { ArchiveSource, ArchiveTarget } from '../storage/port/archive.ts';
import { openSqliteArchive } from '../storage/sqlite/archive.ts';
import { type Command, UsageError } from './command.ts';
import { readConfigWith } from './own-config.ts';

const usage = '--from sqlite:[path] --to mongodb://...';

export const copy: Command = {
  usage,
  about: 'Copies all data of a server from SQLite to MongoDB, and compares it record by record.',
  details: `Stop the server first, and start it with the new DATABASE_URL afterwards: people stay signed in and notice nothing.
"sqlite:" alone is the database in the data folder. The database named by --to must not exist yet. Interrupted, it is safe to run again and
goes on; until it has finished, no server starts on the copy. Of what is copied from, the content stays as it is.`,
  async run(args, progress) {
    const { from, to } = placesIn(args);
    const source = await openSource(from).catch(tellOpenError);
    try {
      const target = await openTarget(to, source).catch(tellOpenError);
      try {
        const counts = await copyData(source, target, { tell: (step) => progress(lineOf(step)) });
        const { account, conversation, message } = counts;
        return `Everything is there and equal: ${account} accounts, ${conversation} conversations, ${message} messages. Start the server with DATABASE_URL set to the new place.`;
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  },
};

function placesIn(args: readonly string[]): { from: string; to: string } {
  const { from, to } = parsed(args);
  const isKnown = from?.startsWith('sqlite:') && (to?.startsWith('mongodb://') || to?.startsWith('mongodb+srv://'));
  if (!isKnown || from === undefined || to === undefined) throw new UsageError(`copy takes ${usage}`);
  return { from, to };
}

function parsed(args: readonly string[]): { from?: string | undefined; to?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return {};
  }
}

async function openSource(url: string): Promise<ArchiveSource> {
  const { database, secrets } = readConfigWith(url);
  const path = database.kind === 'sqlite' ? database.path : '';
  return withKeyThatOpens(secrets, (key) =>
    openSqliteArchive({ path, key, mint: { serverId: '', epoch: '' }, mustExist: true }),
  );
}

function openTarget(url: string, { identity }: ArchiveSource): Promise<ArchiveTarget> {
  const { secrets } = readConfigWith(url);
  return openMongoArchive({ url, key: secrets.databaseKey, mint: identity, prints: printsOf(secrets) });
}

function tellOpenError(error: unknown): never {
  throw toldOpenError(error);
}

function lineOf({ doing, kind, done, total }: CopyStep): string {
  return `${doing === 'copying' ? 'Copying' : 'Comparing'}: ${kind} ${done} of ${total}`;
}
