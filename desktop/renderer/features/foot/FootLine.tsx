import { Line } from '../../ui/Line.tsx';
import type { FootState } from './foot-state.ts';

const dotTones = {
  primary: 'text-primary',
  'accent-ink': 'text-accent-ink',
  'ink-3': 'text-ink-3',
  'error-ink': 'text-error-ink',
} as const;

/** Solid as far as things are confirmed, then dashed, ending in a dot that is full when all is here. */
export function FootLine({ tone, solid }: Pick<FootState, 'tone' | 'solid'>) {
  const isFull = solid >= 1;
  return (
    <div className="flex h-[7px] items-center" data-testid="foot-line" data-tone={tone} data-solid={solid}>
      <div className="flex min-w-0 grow items-center gap-[5px]">
        {solid > 0 && (
          <span style={{ flexGrow: solid }} className="flex basis-0 transition-[flex-grow]">
            <Line look="solid" tone={tone} className="grow" />
          </span>
        )}
        {!isFull && (
          <span style={{ flexGrow: 1 - solid }} className="flex basis-0">
            <Line look="dashed" tone={tone} className="grow" />
          </span>
        )}
      </div>
      <svg
        aria-hidden="true"
        focusable="false"
        viewBox="0 0 7 7"
        className={`size-[7px] shrink-0 ${dotTones[tone]} ${isFull ? '-ms-px' : 'ms-[3px]'}`}
      >
        <circle
          cx="3.5"
          cy="3.5"
          r="2.5"
          fill={isFull ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="2"
        />
      </svg>
    </div>
  );
}
