import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccountEngine, useAccountKey } from '../../client/engine-context.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount } from '../../client/selectors.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ThreadHeader } from '../header/ThreadHeader.tsx';
import { AppBanner } from './AppBanner.tsx';
import { Thread } from '../thread/Thread.tsx';

export interface ConversationPaneProps {
  conversation: ConversationView;
}

/** Header, at most one banner, thread. */
export function ConversationPane({ conversation }: ConversationPaneProps) {
  const account = useAccountKey();
  return (
    <section
      aria-labelledby="thread-title"
      className="flex h-full min-w-0 grow flex-col bg-base-100"
      data-region="main"
    >
      <ThreadHeader conversation={conversation} />
      {conversation.failure === undefined ? <AppBanner /> : <FailedGroupBanner conversation={conversation} />}
      <div className="min-h-0 grow">
        <Thread key={`${account} ${conversation.id}`} conversationId={conversation.id} />
      </div>
    </section>
  );
}

function FailedGroupBanner({ conversation }: ConversationPaneProps) {
  const { t } = useTranslation('details');
  const { t: tError } = useTranslation('errors');
  const call = useAccountEngine();
  const go = useGo();
  const address = useAccount()?.serverAddress ?? '';
  const discard = async () => {
    const result = await call('discardGroup', { conversationId: conversation.id });
    if (result.ok) go({ conversationId: undefined });
  };
  return (
    <Banner
      kind="trouble"
      icon={TriangleAlert}
      title={t('groupFailed')}
      text={errorWords(tError, { code: conversation.failure ?? 'internal' }, address)}
      action={
        <Button look="second" onClick={() => void discard()}>
          {t('discardGroup')}
        </Button>
      }
    />
  );
}
