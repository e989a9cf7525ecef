import { classNames } from './class-names.ts';

export type LineTone = 'primary' | 'accent-ink' | 'ink-3' | 'error-ink';

export interface LineProps {
  /** Solid is kept, dashed is on its way. */
  look: 'solid' | 'dashed';
  tone: LineTone;
  className?: string;
}

const tones: Record<LineTone, string> = {
  primary: 'text-primary',
  'accent-ink': 'text-accent-ink',
  'ink-3': 'text-ink-3',
  'error-ink': 'text-error-ink',
};

/** The 2px line that always means something. Drawn as strokes, so that forced colours keep it. */
export function Line({ look, tone, className }: LineProps) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      className={classNames(
        'block h-0.5 w-full min-w-0 basis-0 overflow-hidden rtl:-scale-x-100',
        tones[tone],
        className,
      )}
    >
      <line
        x1="0"
        y1="1"
        x2="100%"
        y2="1"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray={look === 'dashed' ? '6 5' : undefined}
      />
    </svg>
  );
}
