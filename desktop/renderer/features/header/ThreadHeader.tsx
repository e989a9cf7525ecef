import { ChevronLeft, PanelRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccountKey } from '../../client/engine-context.ts';
import { useGo, useNavigation } from '../../client/navigation.ts';
import { useAccount, usePresence } from '../../client/selectors.ts';
import { useWhose } from '../../client/whose.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Whose } from '../../ui/Whose.tsx';
import { useFootState } from '../foot/use-foot-state.ts';
import { useIsConnected, useSubtitle } from './use-subtitle.ts';

export interface ThreadHeaderProps {
  conversation: ConversationView;
}

/** Whose conversation it is; in a narrow window also how the connection stands, when it is not at its best. */
export function ThreadHeader({ conversation }: ThreadHeaderProps) {
  const { t } = useTranslation('details');
  const go = useGo();
  const isDetailsOpen = useNavigation((navigation) => navigation.isDetailsOpen);
  const isOnline = usePresence(conversation.peerId)?.isOnline;
  const isConnected = useIsConnected();
  const subtitle = useSubtitle(conversation);
  const account = useAccountKey();
  const whose = useWhose()({ account, conversation });
  return (
    <header
      className={classNames(
        'drag-window flex h-13 shrink-0 items-center gap-2 border-b border-line ps-5 max-pair:window-ps-2.5',
        isDetailsOpen ? 'pe-3' : 'window-pe-3',
      )}
    >
      <IconButton
        icon={ChevronLeft}
        isMirrored
        label={t('backToList')}
        className="pair:hidden"
        onClick={() => go({ conversationId: undefined, isDetailsOpen: false })}
      />
      <Avatar
        id={conversation.peerId ?? conversation.id}
        name={conversation.title}
        kind={conversation.kind === 'direct' ? 'person' : 'group'}
        size={34}
        isOnline={isConnected && isOnline === true}
      />
      <div className="min-w-0 grow">
        <h2 id="thread-title" className="flex items-baseline gap-1.5 text-start text-header font-[650]">
          <PersonText className="truncate">{conversation.title}</PersonText>
          {whose !== undefined && <Whose label={whose} />}
        </h2>
        <SecondLine subtitle={subtitle} />
      </div>
      <IconButton
        icon={PanelRight}
        isMirrored
        label={isDetailsOpen ? t('hide') : t('open')}
        data-details-toggle
        aria-expanded={isDetailsOpen}
        isActive={isDetailsOpen}
        onClick={() => go({ isDetailsOpen: !isDetailsOpen })}
      />
    </header>
  );
}

function SecondLine({ subtitle }: { subtitle: string | undefined }) {
  const account = useAccount();
  const isBehind = account !== undefined && account.connection.kind !== 'current';
  return (
    <>
      {subtitle !== undefined && (
        <p className={`truncate text-meta text-ink-2 tabular-nums ${isBehind ? 'max-pair:hidden' : ''}`}>{subtitle}</p>
      )}
      {isBehind && <ConnectionWords account={account} />}
    </>
  );
}

function ConnectionWords({ account }: { account: NonNullable<ReturnType<typeof useAccount>> }) {
  const { words } = useFootState(account);
  return <p className="aside-voice truncate text-preview leading-4 text-ink-2 tabular-nums pair:hidden">{words}</p>;
}
