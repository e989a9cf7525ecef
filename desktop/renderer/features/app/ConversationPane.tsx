import { HardDrive, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount, useApp } from '../../client/selectors.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ThreadHeader } from '../header/ThreadHeader.tsx';
import { Thread } from '../thread/Thread.tsx';

export interface ConversationPaneProps {
  conversation: ConversationView;
}

/** Header, at most one banner, thread. */
export function ConversationPane({ conversation }: ConversationPaneProps) {
  return (
    <section
      aria-labelledby="thread-title"
      className="flex h-full min-w-0 grow flex-col bg-base-100"
      data-region="main"
    >
      <ThreadHeader conversation={conversation} />
      <PaneBanner conversation={conversation} />
      <div className="min-h-0 grow">
        <Thread key={conversation.id} conversationId={conversation.id} />
      </div>
    </section>
  );
}

/** The most pressing thing to say; the others wait their turn. */
function PaneBanner({ conversation }: ConversationPaneProps) {
  const app = useApp();
  const [isClosed, setIsClosed] = useState(false);
  const { t } = useTranslation('app');
  if (conversation.failure !== undefined) return <FailedGroupBanner conversation={conversation} />;
  if (app.phase !== 'ready' || app.storage !== 'memory' || isClosed) return null;
  return (
    <Banner
      kind="trouble"
      icon={HardDrive}
      title={t('memoryTitle')}
      text={t('memoryText')}
      onClose={() => setIsClosed(true)}
    />
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
