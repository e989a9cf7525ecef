import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../engine/api/views.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { classNames } from '../../ui/class-names.ts';
import { DeliveryTick } from '../../ui/DeliveryTick.tsx';

export interface MessageGutterProps {
  message: MessageView;
  /** Its state is also said in a word. */
  isNewestOwn: boolean;
  /** Takes its place without being seen: the actions stand here. */
  isCovered: boolean;
}

/** The facts about a message, at its last line: when, and how far it has come. */
export function MessageGutter({ message, isNewestOwn, isCovered }: MessageGutterProps) {
  const { t } = useTranslation('thread');
  const format = useFormat();
  const { at, delivery } = message;
  const tick = delivery === 'failed' ? undefined : delivery;
  return (
    <span
      className={classNames(
        'flex h-4 items-center gap-1 text-meta whitespace-nowrap text-ink-3 tabular-nums',
        isCovered && 'invisible',
      )}
    >
      {tick && isNewestOwn && <span aria-hidden="true">{t(tick)}</span>}
      <time dateTime={new Date(at).toISOString()}>{format.time(at)}</time>
      {tick && <DeliveryTick delivery={tick} label={t(tick)} />}
    </span>
  );
}
