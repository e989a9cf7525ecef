import Fuse, { type IFuseOptions } from 'fuse.js';
import type { ListedConversation, ListedPerson } from '../../client/selectors.ts';

const options = { threshold: 0.3, ignoreDiacritics: true, ignoreLocation: true } satisfies IFuseOptions<unknown>;

export interface Found {
  conversations: readonly ListedConversation[];
  /** Contacts there is no conversation with yet. */
  people: readonly ListedPerson[];
}

/** Contacts by name or e-mail, conversations by title; both best first. */
export function findByName(
  query: string,
  conversations: readonly ListedConversation[],
  people: readonly ListedPerson[],
): Found {
  const wanted = query.trim();
  if (wanted === '') return { conversations, people: [] };
  const talkedTo = new Set(conversations.map(({ account, conversation }) => `${account} ${conversation.peerId ?? ''}`));
  const others = people.filter(
    ({ account, person }) => person.contact !== undefined && !talkedTo.has(`${account} ${person.userId}`),
  );
  return {
    conversations: new Fuse(conversations, { ...options, keys: ['conversation.title'] })
      .search(wanted)
      .map(({ item }) => item),
    people: new Fuse(others, { ...options, keys: ['person.name', 'person.ownName', 'person.contact.email'] })
      .search(wanted)
      .map(({ item }) => item),
  };
}
