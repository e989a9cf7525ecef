import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountKey } from '../../../engine/api/views.ts';
import { AccountProvider } from '../../client/engine-context.ts';
import { conversationInFront, useGo, useNavigation } from '../../client/navigation.ts';
import type { ListedConversation } from '../../client/selectors.ts';
import { useNow } from '../../client/use-now.ts';
import { useWhose } from '../../client/whose.ts';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { ConversationRow } from './ConversationRow.tsx';

export interface ConversationListProps {
  conversations: readonly ListedConversation[];
}

export function ConversationList({ conversations }: ConversationListProps) {
  const { t } = useTranslation('list');
  const inFront = useNavigation(({ account }) => account);
  const inFrontId = useNavigation(({ conversationId }) => conversationId);
  const go = useGo();
  const now = useNow(60_000);
  const whose = useWhose();
  const moveFocus = useRovingFocus('[data-row]');
  const select = useCallback(
    (account: AccountKey, conversationId: string) => go(conversationInFront(account, conversationId)),
    [go],
  );
  const isSelected = ({ account, conversation }: ListedConversation) =>
    account === inFront && conversation.id === inFrontId;
  const tabStop = conversations.find(isSelected) ?? conversations[0];
  return (
    <ul aria-label={t('list')} ref={moveFocus} className="px-[0.4375rem]">
      {conversations.map((listed) => (
        <AccountProvider key={`${listed.account} ${listed.conversation.id}`} value={listed.account}>
          <ConversationRow
            conversation={listed.conversation}
            whose={whose(listed)}
            isSelected={isSelected(listed)}
            isTabStop={listed === tabStop}
            now={now}
            onSelect={select}
          />
        </AccountProvider>
      ))}
    </ul>
  );
}
