import { useTranslation } from 'react-i18next';
import { useShortNameOf } from '../../client/names.ts';
import { useTyping } from '../../client/selectors.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Aside } from '../../ui/Aside.tsx';

const namedMax = 2;

export interface TypingLineProps {
  conversationId: string;
}

/** Its place is reserved, so that nothing moves when somebody starts. */
export function TypingLine({ conversationId }: TypingLineProps) {
  const { t } = useTranslation('thread');
  const typing = useTyping(conversationId);
  const nameOf = useShortNameOf();
  const format = useFormat();
  const count = typing.length;
  const words =
    count > namedMax ? t('typingSeveral') : t('typing', { count, names: format.list(typing.map((id) => nameOf(id))) });
  return (
    <p className="mx-auto flex h-6.5 w-full max-w-190 shrink-0 items-center gap-2">
      {count > 0 && (
        <>
          <span aria-hidden="true" className="flex gap-0.75 *:size-1.25 *:rounded-full *:bg-ink-2">
            <span />
            <span className="!bg-ink-3" />
            <span className="!bg-line" />
          </span>
          <Aside className="truncate">{words}</Aside>
        </>
      )}
    </p>
  );
}
