import type { SystemEvent } from '@parley/shared/contract/entities/message.ts';
import type { TFunction } from 'i18next';
import type { Format } from './use-format.ts';

export interface SystemWordsContext {
  myUserId: string;
  /** The short name of a person; a word for "someone" where they are not known. */
  nameOf: (userId: string) => string;
  format: Format;
}

/** The line for what happened to a group. */
export function systemWords(
  t: TFunction<'system'>,
  { authorId, event }: { authorId: string; event: SystemEvent },
  { myUserId, nameOf, format }: SystemWordsContext,
): string {
  const who = nameOf(authorId);
  const context: string = authorId === myUserId ? 'you' : '';
  const people = (userIds: readonly string[]) =>
    format.list(userIds.map((userId) => (userId === myUserId ? t('youObject') : nameOf(userId))));
  switch (event.type) {
    case 'group-created':
      return t('groupCreated', { who, context });
    case 'members-added':
      return t('membersAdded', { who, context, people: people(event.userIds) });
    case 'member-removed':
      if (event.userId === myUserId) return t('removedYou', { who });
      return t('memberRemoved', { who, context, people: people([event.userId]) });
    case 'member-left':
      return t('memberLeft', { who, context });
    case 'title-changed':
      return t('titleChanged', { who, context, title: event.title });
  }
}
