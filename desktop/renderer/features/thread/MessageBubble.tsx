import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../engine/api/views.ts';
import { useShortNameOf } from '../../client/names.ts';
import { useOwnName } from '../../client/selectors.ts';
import { classNames } from '../../ui/class-names.ts';
import { MessageText } from './MessageText.tsx';
import { ReplyQuote } from './ReplyQuote.tsx';
import { useThreadActions } from './thread-actions.ts';
import type { MessageRow } from './thread-rows.ts';

export interface MessageBubbleProps {
  row: MessageRow;
  isRinged: boolean;
}

/** Solid is kept by the server, dashed is on its way. */
function fillOf({ content, isMine, delivery }: MessageView): string {
  if (content.kind === 'scrubbed') return 'border-line text-ink-2';
  if (delivery === 'waiting') return 'border-dashed border-primary';
  if (delivery === 'failed') return 'border-dashed border-error-ink';
  return isMine ? 'border-transparent bg-mine text-mine-content' : 'border-transparent bg-theirs';
}

/** The corners that meet inside a group are small. */
function cornersOf({ message, isGroupStart, isGroupEnd }: MessageRow): string {
  if (message.isMine) {
    return classNames(!isGroupStart && 'rounded-se-[0.3125rem]', !isGroupEnd && 'rounded-ee-[0.3125rem]');
  }
  return classNames(!isGroupStart && 'rounded-ss-[0.3125rem]', !isGroupEnd && 'rounded-es-[0.3125rem]');
}

/** Holds only what was said. */
export function MessageBubble({ row, isRinged }: MessageBubbleProps) {
  const { content, isMine } = row.message;
  const ownName = useOwnName();
  const { jumpTo } = useThreadActions();
  return (
    <div
      className={classNames(
        'max-w-[min(34rem,100cqi-4.625rem)] min-w-0 rounded-2xl border px-2.75 pt-1.75 pb-1.5 pair:max-w-[min(34rem,100cqi-6rem)]',
        'transition-[background-color,border-color] duration-180',
        fillOf(row.message),
        cornersOf(row),
        isRinged && 'outline-2 outline-offset-2 outline-primary',
      )}
    >
      {content.kind === 'text' && content.replyTo && <ReplyQuote reply={content.replyTo} onJump={jumpTo} />}
      {content.kind === 'text' ? (
        <MessageText text={content.text} calledName={isMine ? undefined : ownName} />
      ) : (
        <Deleted message={row.message} />
      )}
    </div>
  );
}

interface DeletedProps {
  message: MessageView;
}

function Deleted({ message: { authorId = '', isMine } }: DeletedProps) {
  const { t } = useTranslation('thread');
  const nameOf = useShortNameOf();
  return <p className="aside-voice">{isMine ? t('deletedByYou') : t('deletedBy', { name: nameOf(authorId) })}</p>;
}
