import Fuse, { type IFuseOptions } from 'fuse.js';
import type { ListedConversation, ListedPerson } from '../../client/selectors.ts';

const options = { threshold: 0.3, ignoreDiacritics: true, ignoreLocation: true } satisfies IFuseOptions<unknown>;

export interface Found {
  conversations: readonly ListedConversation[];
  /** Contacts there is no conversation with yet. */
  people: readonly ListedPerson[];
}

/** People by name or e-mail, also where there is a conversation with them, groups by title; both best first. */
export function findByName(
  query: string,
  conversations: readonly ListedConversation[],
  people: readonly ListedPerson[],
): Found {
  const wanted = query.trim();
  if (wanted === '') return { conversations, people: [] };
  const known = new Map(people.map(({ account, person }) => [`${account} ${person.userId}`, person]));
  const places = conversations.map((listed) => {
    const peerKey = `${listed.account} ${listed.conversation.peerId ?? ''}`;
    return { listed, peerKey, peer: known.get(peerKey) };
  });
  const talkedTo = new Set(places.map(({ peerKey }) => peerKey));
  const others = people.filter(
    ({ account, person }) => person.contact !== undefined && !talkedTo.has(`${account} ${person.userId}`),
  );
  return {
    conversations: new Fuse(places, {
      ...options,
      keys: ['listed.conversation.title', 'peer.ownName', 'peer.contact.email'],
    })
      .search(wanted)
      .map(({ item }) => item.listed),
    people: new Fuse(others, { ...options, keys: ['person.name', 'person.ownName', 'person.contact.email'] })
      .search(wanted)
      .map(({ item }) => item),
  };
}
