import { basename } from 'node:path';
import mongoose from 'mongoose';
import type { ServerConfig } from '../config/server-config.ts';

let mongodbUrl: string | undefined;

/** From here on, servers that this test file starts keep their data in this MongoDB instead of SQLite. */
export function keepTestDataIn(serverUrl: string): void {
  mongodbUrl = serverUrl;
}

/** Where a server of this data folder keeps its data, if it is not SQLite: a database of its own. */
export function testDatabase(dataDir: string): Pick<ServerConfig, 'database'> | undefined {
  if (mongodbUrl === undefined) return undefined;
  const url = new URL(mongodbUrl);
  url.pathname = `/${basename(dataDir)}`;
  return { database: { kind: 'mongodb', url: url.href } };
}

export async function removeTestDatabase(dataDir: string): Promise<void> {
  const named = testDatabase(dataDir);
  if (named?.database.kind !== 'mongodb') return;
  const connection = await mongoose.createConnection(named.database.url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
