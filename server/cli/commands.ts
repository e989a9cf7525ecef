import type { ServerConfig } from '../config/server-config.ts';
import { commandServer } from '../control/control-socket.ts';
import { rotateKeys } from '../control/rotate-keys.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage/port/storage.ts';
import type { Command } from './command.ts';
import { copy } from './copy.ts';
import { readOwnConfig } from './own-config.ts';

async function withStorage<T>(config: ServerConfig, replacesPrints: boolean, work: (storage: Storage) => Promise<T>) {
  const storage = await openStorage(config, () => undefined, undefined, replacesPrints);
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
      return said ?? withStorage(config, false, (storage) => rotateKeys(config, storage));
    },
  },
  'accept-secrets': {
    usage: '',
    about: 'Lets a server start whose PARLEY_REFRESH_KEY or PARLEY_PASSWORD_PEPPER were changed on purpose.',
    details: `A new refresh key signs everybody out. A new password pepper makes every password wrong for good.
Stop the server first.`,
    async run() {
      await withStorage(readOwnConfig(), true, async () => undefined);
      return 'The server starts with these secrets from now on.';
    },
  },
  copy,
};
