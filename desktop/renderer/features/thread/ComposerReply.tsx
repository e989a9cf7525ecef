import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView, ReplyView } from '../../../engine/api/views.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Quote } from './ReplyQuote.tsx';

export interface ComposerReplyProps {
  message: MessageView;
  onCancel: () => void;
}

function quoted({ id, authorId, content }: MessageView): ReplyView {
  return {
    id,
    ...(authorId === undefined ? {} : { authorId }),
    ...(content.kind === 'text' ? { text: content.text } : {}),
  };
}

/** What the next message answers. */
export function ComposerReply({ message, onCancel }: ComposerReplyProps) {
  const { t } = useTranslation('thread');
  return (
    <div className="flex items-center gap-2 ps-4 pe-1.5 pt-1.5">
      <div className="min-w-0 grow">
        <Quote reply={quoted(message)} />
      </div>
      <IconButton icon={X} label={t('cancelReply')} onClick={onCancel} />
    </div>
  );
}
