import type { AccountKey } from '../api/views.ts';
import type { Host } from '../ports/host.ts';
import type { AccountMemory } from './account-memory.ts';
import type { ChangeFeed } from './change-feed.ts';

/** What every part of one account's engine stands on. */
export interface AccountContext {
  key: AccountKey;
  userId: string;
  host: Host;
  memory: AccountMemory;
  feed: ChangeFeed;
  mintId: () => string;
}
