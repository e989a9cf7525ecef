import type { MessagePort } from 'node:worker_threads';
import { type AccountDatabase, createAccountDatabase, rescueRecords } from './account-database.ts';
import { type Answer, type Call, type CallName, type DatabaseCalls, DatabaseError } from './database-calls.ts';
import { asDatabaseError, openDatabase } from './open-database.ts';
import { openDriver } from './sqlite-driver.ts';

/** The far end of the database worker: does one call after the other, in the order they come. */
export function serveDatabases(port: Pick<MessagePort, 'on' | 'postMessage'>, open = openDriver): void {
  const databases = new Map<string, AccountDatabase>();

  function at(path: string): AccountDatabase {
    const database = databases.get(path);
    if (database === undefined) throw new DatabaseError('failed', 'the database is not open');
    return database;
  }

  const calls: DatabaseCalls = {
    open({ path, keyHex }) {
      databases.set(path, createAccountDatabase(openDatabase(open, path, keyHex)));
      return null;
    },
    write(input) {
      at(input.path).write(input);
      return null;
    },
    readAll: (input) => at(input.path).readAll(input),
    readMessages: (input) => at(input.path).readMessages(input),
    findMessages: (input) => at(input.path).findMessages(input),
    close({ path }) {
      at(path).close();
      databases.delete(path);
      return null;
    },
    rescue({ path, keyHex, tables }) {
      const driver = openDatabase(open, path, keyHex);
      try {
        return rescueRecords(driver, tables);
      } finally {
        driver.close();
      }
    },
  };

  function answer({ id, name, input }: Call): Answer {
    try {
      return { id, value: (calls[name] as (argument: Call<CallName>['input']) => unknown)(input) };
    } catch (error) {
      const { trouble, message } = asDatabaseError(error);
      return { id, trouble, message };
    }
  }

  port.on('message', (call: Call) => port.postMessage(answer(call)));
}
