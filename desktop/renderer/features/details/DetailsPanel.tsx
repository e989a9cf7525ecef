import { X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useGo } from '../../client/navigation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { GroupDetails } from './GroupDetails.tsx';
import { PersonDetails } from './PersonDetails.tsx';

export interface DetailsPanelProps {
  conversation: ConversationView;
}

/** About one person or one group, beside the thread. */
export function DetailsPanel({ conversation }: DetailsPanelProps) {
  const { t } = useTranslation('details');
  const { t: tControls } = useTranslation('controls');
  const go = useGo();
  const panel = useRef<HTMLElement>(null);

  // Whoever closes it from within goes on at what opened it.
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      document.querySelector<HTMLElement>('[data-details-toggle]')?.focus();
    };
  }, []);

  return (
    <aside
      ref={panel}
      aria-label={t('title')}
      data-region="details"
      className="flex w-72 shrink-0 flex-col border-s border-line bg-base-100 max-triple:absolute max-triple:inset-y-0 max-triple:end-0 max-triple:z-20 max-triple:shadow-[0_0_32px_-8px_var(--color-scrim)] max-pair:inset-x-0 max-pair:w-auto max-pair:border-0"
    >
      <header className="drag-window flex h-13 shrink-0 items-center border-b border-line ps-5 window-pe-3 max-pair:window-ps-5">
        <h2 className="grow text-header font-[650]">{t('title')}</h2>
        <IconButton icon={X} label={tControls('close')} onClick={() => go({ isDetailsOpen: false })} />
      </header>
      <div className="min-h-0 grow overflow-y-auto px-5 pt-5 pb-6">
        {conversation.kind === 'direct' ? (
          <PersonDetails conversation={conversation} />
        ) : (
          <GroupDetails conversation={conversation} />
        )}
      </div>
    </aside>
  );
}
