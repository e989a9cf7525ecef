import Fuse, { type IFuseOptions } from 'fuse.js';
import type { ConversationView, PersonView } from '../../../engine/api/views.ts';

const options = { threshold: 0.3, ignoreDiacritics: true, ignoreLocation: true } satisfies IFuseOptions<unknown>;

export interface Found {
  conversations: readonly ConversationView[];
  /** Contacts there is no conversation with yet. */
  people: readonly PersonView[];
}

/** Contacts by name or e-mail, conversations by title; both best first. */
export function findByName(
  query: string,
  conversations: readonly ConversationView[],
  people: Iterable<PersonView>,
): Found {
  const wanted = query.trim();
  if (wanted === '') return { conversations, people: [] };
  const talkedTo = new Set(conversations.map(({ peerId }) => peerId));
  const others = [...people].filter(({ userId, contact }) => contact !== undefined && !talkedTo.has(userId));
  return {
    conversations: new Fuse(conversations, { ...options, keys: ['title'] }).search(wanted).map(({ item }) => item),
    people: new Fuse(others, { ...options, keys: ['name', 'ownName', 'contact.email'] })
      .search(wanted)
      .map(({ item }) => item),
  };
}
