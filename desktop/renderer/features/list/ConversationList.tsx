import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { conversationInFront, useGo, useNavigation } from '../../client/navigation.ts';
import { useNow } from '../../client/use-now.ts';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { ConversationRow } from './ConversationRow.tsx';

export interface ConversationListProps {
  conversations: readonly ConversationView[];
}

export function ConversationList({ conversations }: ConversationListProps) {
  const { t } = useTranslation('list');
  const selected = useNavigation(({ conversationId }) => conversationId);
  const go = useGo();
  const now = useNow(60_000);
  const moveFocus = useRovingFocus('[data-row]');
  const select = useCallback((conversationId: string) => go(conversationInFront(conversationId)), [go]);
  const tabStop = conversations.some(({ id }) => id === selected) ? selected : conversations[0]?.id;
  return (
    <ul aria-label={t('list')} ref={moveFocus} className="px-[0.4375rem]">
      {conversations.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          isSelected={conversation.id === selected}
          isTabStop={conversation.id === tabStop}
          now={now}
          onSelect={select}
        />
      ))}
    </ul>
  );
}
