import type { LocalTable, LocalTables } from '../ports/local-store.ts';
import { feedKey } from '../store/account-memory.ts';

interface Reader {
  get<T extends LocalTable>(table: T, key: string): LocalTables[T]['value'] | undefined;
}

/** Up to where the person has read, over what this device, the account's feed and the conversation's markers know. */
export function readSeqOf(reader: Reader, conversationId: string, userId: string): number {
  const own = reader.get('markers', conversationId)?.read ?? 0;
  const entry = reader.get('feed', feedKey('marker', conversationId));
  const inFeed = entry?.kind === 'marker' ? entry.read : 0;
  const shared = reader.get('conversations', conversationId)?.markers.find((marker) => marker.userId === userId);
  return Math.max(own, inFeed, shared?.read ?? 0);
}
