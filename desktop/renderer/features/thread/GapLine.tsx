import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Line } from '../../ui/Line.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { WaitingRing } from '../../ui/WaitingRing.tsx';

export interface GapLineProps {
  /** Missing where nobody knows. */
  count?: number | undefined;
  isLoading: boolean;
  onLoad: () => void;
  className: string;
}

/** Dashed: these messages exist and are not here. */
export function GapLine({ count, isLoading, onLoad, className }: GapLineProps) {
  const { t } = useTranslation('thread');
  const format = useFormat();
  const words = count === undefined ? t('gapUnknown') : t('gap', { count, number: format.number(count) });
  return (
    <div className={classNames('flex h-5 items-center gap-3', className)}>
      <Line look="dashed" tone="ink-3" className="w-0 grow" />
      <p className="text-preview text-ink-2 tabular-nums">{words}</p>
      <LinkButton
        className="-my-1.5 text-preview"
        aria-label={t('load')}
        aria-busy={isLoading}
        disabled={isLoading}
        onClick={onLoad}
      >
        {isLoading ? <WaitingRing /> : t('load')}
      </LinkButton>
      <Line look="dashed" tone="ink-3" className="w-0 grow" />
    </div>
  );
}
