import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../engine/api/views.ts';
import { useAccount } from '../../client/selectors.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { Icon } from '../../ui/Icon.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { useThreadActions } from './thread-actions.ts';

export interface FailedNoteProps {
  message: MessageView;
}

/** Below a message that was refused: why, and what can be done. */
export function FailedNote({ message: { id, failure } }: FailedNoteProps) {
  const { t } = useTranslation('thread');
  const { t: tError } = useTranslation('errors');
  const { retry, discard } = useThreadActions();
  const address = useAccount()?.serverAddress ?? '';
  const reason = failure && errorWords(tError, { code: failure }, address);
  const button = '-my-1.5 shrink-0 !text-error-ink';
  return (
    <div className="flex items-start gap-2 pt-1.5 pb-2.5 text-preview text-error-ink">
      <Icon icon={CircleAlert} size={15} className="mt-0.75" />
      <p className="min-w-0">{reason === undefined ? t('notSentUnknown') : t('notSent', { reason })}</p>
      <LinkButton className={button} onClick={() => retry(id)}>
        {t('retry')}
      </LinkButton>
      <LinkButton className={button} onClick={() => discard(id)}>
        {t('discard')}
      </LinkButton>
    </div>
  );
}
