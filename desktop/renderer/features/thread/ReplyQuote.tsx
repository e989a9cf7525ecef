import { useTranslation } from 'react-i18next';
import type { ReplyView } from '../../../engine/api/views.ts';
import { useAccount, usePerson } from '../../client/selectors.ts';
import { nameColor } from '../../ui/avatar-tone.ts';
import { PersonText } from '../../ui/PersonText.tsx';

export interface QuoteProps {
  reply: ReplyView;
}

/**
 * Name and one line of the message answered to, behind a bar in its author's colour. Both begin where the interface does,
 * whatever their own direction, which says at which end they are cut.
 */
export function Quote({ reply: { authorId, text } }: QuoteProps) {
  const { t } = useTranslation(['thread', 'names']);
  const isMine = useAccount()?.userId === authorId;
  const person = usePerson(authorId);
  const color = authorId === undefined ? 'var(--color-ink-3)' : nameColor(authorId);
  return (
    <span className="block min-w-0 border-s-3 ps-2.25 text-left rtl:text-right" style={{ borderColor: color }}>
      {authorId !== undefined && (
        <PersonText className="block truncate text-preview leading-4.5 font-semibold" style={{ color }}>
          {isMine ? t('names:you') : (person?.name ?? t('names:someone'))}
        </PersonText>
      )}
      {text === undefined ? (
        <span className="aside-voice block truncate !text-preview !leading-4.5 text-ink-2">{t('quotedMissing')}</span>
      ) : (
        <PersonText className="block truncate text-preview leading-4.5 text-ink-2">{text}</PersonText>
      )}
    </span>
  );
}

export interface ReplyQuoteProps extends QuoteProps {
  onJump: (messageId: string) => void;
}

/** Above the words of an answer; leads to what it answers. */
export function ReplyQuote({ reply, onJump }: ReplyQuoteProps) {
  const { t } = useTranslation('thread');
  return (
    <button
      type="button"
      title={t('toQuoted')}
      onClick={() => onJump(reply.id)}
      className="focus-ring mt-0.5 mb-1 block max-w-[min(20rem,calc(100vw-9rem))] cursor-pointer rounded-sm"
    >
      <Quote reply={reply} />
    </button>
  );
}
