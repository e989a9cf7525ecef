import type { ConversationView, PersonView } from '../../../engine/api/views.ts';
import type { OpenDialog } from '../../client/navigation.ts';
import { findByName } from '../list/find-conversations.ts';

export type SwitcherItem =
  | { kind: 'conversation'; key: string; conversation: ConversationView }
  | { kind: 'person'; key: string; person: PersonView }
  | { kind: 'do'; key: string; what: 'start-group' | 'add-contact' | 'settings'; dialog?: OpenDialog };

const shownAtOnce = 8;

/** What the switcher offers for what was typed: people and groups, then things to do. */
export function switcherItems(
  query: string,
  conversations: readonly ConversationView[],
  people: Iterable<PersonView>,
): SwitcherItem[] {
  const wanted = query.trim();
  const found = findByName(wanted, conversations, people);
  const places: SwitcherItem[] = [
    ...found.conversations.map((conversation) => ({
      kind: 'conversation' as const,
      key: conversation.id,
      conversation,
    })),
    ...found.people.map((person) => ({ kind: 'person' as const, key: person.userId, person })),
  ];
  return [...places.slice(0, shownAtOnce), ...thingsToDo(wanted)];
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
