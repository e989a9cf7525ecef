import { changeKey } from '../change-key.ts';
import type { Database } from '../database.ts';
import { createHeads } from '../heads.ts';
import { Journal } from '../journal.ts';
import { createAccountReads, createAccountWrites } from './accounts.ts';
import { createCommitConversation } from './commit-conversation.ts';
import { createConversationReads } from './conversation-reads.ts';
import { FeedEntries } from './feed-entries.ts';
import { createCommitFeed, createFeedReads, createPurge } from './feeds.ts';
import { createIntents } from './intents.ts';
import { insertMessages, MessageRows } from './message-rows.ts';
import { createMoveMarkers } from './move-markers.ts';
import { createSessionReads, createSessionWrites } from './sessions.ts';
import { createThrottleOperations } from './throttles.ts';

/** All that can be asked of the worker. What it answers is cloned to the other thread. */
export function createOperations(database: Database) {
  const heads = createHeads(database);
  const journal = new Journal(database, heads, insertMessages(database));
  const messages = new MessageRows(database, journal);
  const intents = createIntents(database, messages);
  const feedEntries = new FeedEntries(database, heads);
  const throttles = createThrottleOperations(database);
  const setEpoch = database.statement('UPDATE server SET epoch = ?');
  const one = database.statement('SELECT 1 AS one');
  return {
    heads,
    journal,
    writes: {
      'conversations.commit': createCommitConversation(database, { heads, journal, intents, feedEntries }),
      'conversations.moveMarkers': createMoveMarkers(database, heads, feedEntries),
      'feeds.commit': createCommitFeed(heads, feedEntries, intents),
      'feeds.purge': createPurge(database, heads, intents),
      ...createAccountWrites(database, intents),
      ...createSessionWrites(database),
      ...throttles.writes,
      renewEpoch: (epoch: string): void => void setEpoch.run(epoch),
    },
    reads: {
      ...createConversationReads(database, heads, messages),
      ...createFeedReads(database, heads),
      'feeds.findIntent': (intentId: string) => intents.find(intentId),
      ...createAccountReads(database),
      ...createSessionReads(database),
      ...throttles.reads,
      check: (): void => void one.get(),
      // Outside of a transaction, as reads are.
      changeKey: (keyHex: string): void => changeKey(database, keyHex),
    },
  };
}

export type DatabaseOperations = ReturnType<typeof createOperations>;
export type OperationTable = DatabaseOperations['writes'] & DatabaseOperations['reads'];
export type OperationName = keyof OperationTable;
