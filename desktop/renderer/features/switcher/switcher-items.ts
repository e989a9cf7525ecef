import type { OpenDialog } from '../../client/navigation.ts';
import type { ListedConversation, ListedPerson } from '../../client/selectors.ts';
import { findByName } from '../list/find-conversations.ts';

export type SwitcherItem =
  | ({ kind: 'conversation'; key: string } & ListedConversation)
  | ({ kind: 'person'; key: string } & ListedPerson)
  | { kind: 'do'; key: string; what: 'start-group' | 'add-contact' | 'settings'; dialog?: OpenDialog };

const shownAtOnce = 8;

/** What the switcher offers for what was typed: people and groups, then things to do. */
export function switcherItems(
  query: string,
  conversations: readonly ListedConversation[],
  people: readonly ListedPerson[],
): SwitcherItem[] {
  const wanted = query.trim();
  const found = findByName(wanted, conversations, people);
  const places: SwitcherItem[] = [
    ...found.conversations.map((listed) => ({
      kind: 'conversation' as const,
      key: keyOf(listed.account, listed.conversation.id),
      ...listed,
    })),
    ...found.people.map((listed) => ({
      kind: 'person' as const,
      key: keyOf(listed.account, listed.person.userId),
      ...listed,
    })),
  ];
  return [...places.slice(0, shownAtOnce), ...thingsToDo(wanted)];
}

/** Fit for the id of an element, which holds no spaces. */
function keyOf(account: string, id: string): string {
  return encodeURIComponent(`${account} ${id}`);
}

function thingsToDo(wanted: string): SwitcherItem[] {
  if (wanted.includes('@')) {
    const dialog = { kind: 'add-contact', email: wanted } as const;
    return [{ kind: 'do', key: 'do-add', what: 'add-contact', dialog }];
  }
  const group: SwitcherItem = {
    kind: 'do',
    key: 'do-group',
    what: 'start-group',
    dialog: { kind: 'new-group', title: wanted },
  };
  if (wanted !== '') return [group];
  return [
    group,
    { kind: 'do', key: 'do-add', what: 'add-contact', dialog: { kind: 'add-contact' } },
    { kind: 'do', key: 'do-settings', what: 'settings' },
  ];
}
