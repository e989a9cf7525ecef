import { Check, Copy, Reply } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../engine/api/views.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useThreadActions } from './thread-actions.ts';

export interface MessageActionsProps {
  message: MessageView;
  className: string;
}

/** Stands in the gutter of the message under the pointer or with the focus. */
export function MessageActions({ message, className }: MessageActionsProps) {
  const { t } = useTranslation('thread');
  const { reply } = useThreadActions();
  const [isCopied, setIsCopied] = useState(false);
  const text = message.content.kind === 'text' ? message.content.text : undefined;
  if (text === undefined) return null;
  // Pages that did not come over TLS are given no clipboard.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const copy = async () => {
    await clipboard?.writeText(text);
    setIsCopied(true);
  };
  // The server may refuse an answer to what it has not placed.
  const canReply = message.seq !== undefined;
  if (!canReply && !clipboard) return null;
  return (
    <div
      role="toolbar"
      aria-label={t('actions')}
      className={classNames('z-10 flex rounded-field border border-line bg-base-100 [&_button]:size-7.5', className)}
    >
      {canReply && <IconButton icon={Reply} isMirrored label={t('reply')} onClick={() => reply(message)} />}
      {clipboard && (
        <IconButton
          icon={isCopied ? Check : Copy}
          label={isCopied ? t('copied') : t('copy')}
          onClick={() => void copy()}
        />
      )}
    </div>
  );
}
