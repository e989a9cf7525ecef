import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../../ui/Icon.tsx';

/** From here on it is said how much is left. */
const fewChars = 500;

export interface ComposerNoteProps {
  id: string;
  refusal: string | undefined;
  /** How many characters may still follow; negative: how many are too many. */
  left: number;
}

/** The line above the composer. The live region is always there, so that what appears in it is spoken. */
export function ComposerNote({ id, refusal, left }: ComposerNoteProps) {
  const { t } = useTranslation('thread');
  const format = useFormat();
  const error = left < 0 ? t('tooLong', { count: -left, over: format.number(-left) }) : refusal;
  return (
    <div id={id} aria-live="polite">
      {error !== undefined && (
        <p className="flex gap-1.5 px-1 pb-1.5 text-preview text-error-ink tabular-nums">
          <Icon icon={CircleAlert} size={15} className="mt-0.75" />
          <span>{error}</span>
        </p>
      )}
      {error === undefined && left <= fewChars && (
        <p className="px-1 pb-1.5 text-end text-meta text-ink-3 tabular-nums">
          {t('left', { count: left, left: format.number(left) })}
        </p>
      )}
    </div>
  );
}
