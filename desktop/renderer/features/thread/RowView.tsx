import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../engine/api/views.ts';
import { useShortNameOf } from '../../client/names.ts';
import { useAccount } from '../../client/selectors.ts';
import { systemWords } from '../../i18n/system-words.ts';
import { daysBetween, type Format, useFormat } from '../../i18n/use-format.ts';
import { Aside } from '../../ui/Aside.tsx';
import { classNames } from '../../ui/class-names.ts';
import { MessageItem } from './MessageItem.tsx';
import type { ThreadRow } from './thread-rows.ts';
import { useDayWords } from './use-day-words.ts';

export interface RowViewProps {
  row: ThreadRow;
  isInGroup: boolean;
  isRinged: boolean;
}

/** Drawn again only when its own row changes. */
export const RowView = memo(function RowView({ row, isInGroup, isRinged }: RowViewProps) {
  switch (row.kind) {
    case 'message':
      return <MessageItem row={row} isInGroup={isInGroup} isRinged={isRinged} />;
    case 'day':
      return <DayLine at={row.at} isTop={row.isTop} />;
    case 'divider':
      return <UnreadDivider at={row.since} />;
    case 'line':
      return <AsideLine message={row.message} />;
  }
});

interface DayLineProps {
  at: number;
  isTop: boolean;
}

function DayLine({ at, isTop }: DayLineProps) {
  const dayWords = useDayWords();
  return (
    <h3 className={classNames('flex justify-center pb-3', !isTop && 'pt-6')}>
      <Aside>{dayWords(at)}</Aside>
    </h3>
  );
}

function sinceWords(format: Format, at: number): string {
  const now = Date.now();
  return daysBetween(at, now) === 0 ? format.time(at) : `${format.listTime(at, now)} ${format.time(at)}`;
}

interface UnreadDividerProps {
  at: number;
}

function UnreadDivider({ at }: UnreadDividerProps) {
  const { t } = useTranslation('thread');
  const format = useFormat();
  const rule = 'h-0.5 grow bg-accent forced-colors:bg-[CanvasText]';
  return (
    <div className="flex items-center gap-3 pt-4.5 pb-0.5">
      <span className={rule} />
      <h3 className="text-label text-accent-ink tabular-nums">{t('newSince', { time: sinceWords(format, at) })}</h3>
      <span className={rule} />
    </div>
  );
}

interface AsideLineProps {
  message: MessageView;
}

function AsideLine({ message: { content, authorId = '' } }: AsideLineProps) {
  const { t } = useTranslation('thread');
  const { t: tSystem } = useTranslation('system');
  const nameOf = useShortNameOf();
  const format = useFormat();
  const myUserId = useAccount()?.userId ?? '';
  const words =
    content.kind === 'system'
      ? systemWords(tSystem, { authorId, event: content.event }, { myUserId, nameOf, format })
      : t(content.kind === 'stub' ? 'hidden' : 'unknown');
  return (
    <p className="flex justify-center px-6 pt-4 pb-2 text-center">
      <Aside>{words}</Aside>
    </p>
  );
}
