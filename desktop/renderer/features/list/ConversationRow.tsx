import { BellOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { heardOf } from '@parley/shared/model/notices.ts';
import type { AccountKey, ConversationView } from '../../../engine/api/views.ts';
import { useAccountKey } from '../../client/engine-context.ts';
import { useAccount, usePresence } from '../../client/selectors.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { CountBadge } from '../../ui/CountBadge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { DeliveryTick } from '../../ui/DeliveryTick.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Whose } from '../../ui/Whose.tsx';
import { RowPreview } from './RowPreview.tsx';

export interface ConversationRowProps {
  conversation: ConversationView;
  /** Where another account has one of the same title. */
  whose?: string | undefined;
  isSelected: boolean;
  /** The one row that Tab reaches. */
  isTabStop: boolean;
  now: number;
  onSelect: (account: AccountKey, conversationId: string) => void;
}

/** Whether presence is worth showing: while this device is not connected nobody's is known. */
function useIsOnline(userId: string | undefined): boolean {
  const presence = usePresence(userId);
  const connection = useAccount()?.connection.kind;
  const isConnected = connection === 'current' || connection === 'catching-up';
  return isConnected && presence?.isOnline === true;
}

/** Whether the preview says so already. */
function showsNotSent({ draft, failure, lastMessage }: ConversationView): boolean {
  return draft === undefined && (failure !== undefined || lastMessage?.delivery === 'failed');
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, whose, isSelected, isTabStop, now, onSelect } = props;
  const { t } = useTranslation('list');
  const format = useFormat();
  const account = useAccountKey();
  const isOnline = useIsOnline(conversation.peerId);
  const { activeAt } = conversation;
  const hasUnread = conversation.unread > 0;
  const { messages, isMention, isSilent } = heardOf(conversation, now);
  const isUnread = messages > 0;
  return (
    <li className="[contain-intrinsic-size:auto_4rem] [content-visibility:auto]">
      <button
        type="button"
        data-row={conversation.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => onSelect(account, conversation.id)}
        className={classNames(
          'focus-ring-inside group flex h-16 w-full cursor-pointer items-center gap-3 rounded-box border px-2.5 text-start',
          isSelected
            ? 'border-line bg-base-100 [--behind:var(--color-base-100)]'
            : 'border-transparent [--behind:var(--color-base-200)] hover:bg-base-300/55 hover:[--behind:color-mix(in_oklab,var(--color-base-300)_55%,var(--color-base-200))]',
        )}
      >
        <Avatar
          id={conversation.peerId ?? conversation.id}
          name={conversation.title}
          kind={conversation.kind === 'direct' ? 'person' : 'group'}
          size={44}
          isOnline={isOnline}
        />
        <span className="flex min-w-0 grow flex-col gap-0.5">
          <span className="flex items-baseline gap-2">
            <span className="flex min-w-0 grow items-center gap-1.5">
              <PersonText
                className={classNames('min-w-0 truncate text-start text-name', isUnread ? 'font-bold' : 'font-[550]')}
              >
                {conversation.title}
              </PersonText>
              {whose !== undefined && <Whose label={whose} />}
              {isSilent && (
                <>
                  <Icon icon={BellOff} size={14} className="text-ink-3" />
                  <span className="sr-only">{t('muted')}</span>
                </>
              )}
            </span>
            {isOnline && <span className="sr-only">{t('online')}</span>}
            {activeAt !== undefined && (
              <time
                dateTime={new Date(activeAt).toISOString()}
                className={classNames(
                  'shrink-0 text-meta tabular-nums',
                  isUnread ? 'font-bold text-accent-ink' : 'text-ink-3',
                )}
              >
                {format.listTime(activeAt, now)}
              </time>
            )}
          </span>
          <span className="flex h-5 items-center gap-2">
            <RowPreview conversation={conversation} isUnread={isUnread} />
            {conversation.hasNotSent && !showsNotSent(conversation) && (
              <DeliveryTick delivery="failed" label={t('notSent')} />
            )}
            {hasUnread && (
              <>
                <span className="sr-only">
                  {t('unread', { count: conversation.unread })}
                  {isMention && t('mentioned')}
                </span>
                <CountBadge count={conversation.unread} isQuiet={!isUnread} isMention={isMention} />
              </>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});
