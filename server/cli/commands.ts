import { v4 as mintRandomUuid } from 'uuid';
import type { ServerConfig } from '../config/server-config.ts';
import { commandServer } from '../control/control-socket.ts';
import { rotateKeys } from '../control/rotate-keys.ts';
import { openStorage, type OpenSettings } from '../open-storage.ts';
import type { Storage } from '../storage/port/storage.ts';
import type { Command } from './command.ts';
import { copy } from './copy.ts';
import { readOwnConfig } from './own-config.ts';

/** With data that is there. */
async function withStorage<T>(
  config: ServerConfig,
  work: (storage: Storage) => Promise<T>,
  settings: OpenSettings = {},
): Promise<T> {
  const storage = await openStorage(config, () => undefined, undefined, { ...settings, mustExist: true });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** Every command, in the order they are listed. */
export const commands: Readonly<Record<string, Command>> = {
  'check-config': {
    usage: '',
    about: 'Says what is wrong with the configuration, or where the server would listen and keep its data.',
    details: 'Opens no database. Makes the data folder and its secrets where there are none, as a start does.',
    async run() {
      const { host, port, dataDir, database, notices } = readOwnConfig();
      const kept = database.kind === 'sqlite' ? database.path : 'MongoDB';
      return [
        ...notices,
        `It would listen on ${host}, port ${port}, and keep its data in ${kept}, its secrets in ${dataDir}.`,
      ].join('\n');
    },
  },
  'rotate-keys': {
    usage: '',
    about: 'Encrypts the whole database under new keys, also while servers run.',
    details: `SQLite: the server writes its file anew; requests wait meanwhile (about a second for every 100 MB).
MongoDB: fields are sealed anew one by one while servers go on; it takes at least 40 seconds.
Interrupted, it is safe to run again and goes on. Needs the environment of the server.`,
    async run() {
      const config = readOwnConfig();
      const said = config.database.kind === 'sqlite' ? await commandServer(config.dataDir, 'rotate-keys') : null;
      return said ?? withStorage(config, (storage) => rotateKeys(config, storage));
    },
  },
  restored: {
    usage: '',
    about: 'Says that the data was put back from a backup: once after each restore, before a server starts.',
    details: `Devices have seen more than a backup holds. Told by this that the data is another, each of them reads all of it anew and offers again
what it had sent and the backup lacks. Without it what is new would be taken for what was lost. Stop every server first.`,
    async run() {
      await withStorage(readOwnConfig(), ({ renewEpoch }) => renewEpoch(mintRandomUuid()));
      return 'Devices are told that this data was restored. Start the server.';
    },
  },
  'accept-secrets': {
    usage: '',
    about: 'Lets a server start whose PARLEY_REFRESH_KEY or PARLEY_PASSWORD_PEPPER were changed on purpose.',
    details: `A new refresh key signs everybody out. A new password pepper makes every password wrong for good.
Stop the server first.`,
    async run() {
      await withStorage(readOwnConfig(), async () => undefined, { replacesPrints: true });
      return 'The server starts with these secrets from now on.';
    },
  },
  copy,
};
