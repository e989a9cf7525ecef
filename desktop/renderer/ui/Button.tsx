import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { WaitingRing } from './WaitingRing.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'second' | 'danger';
  /** `large` is the one button of a page or form. */
  size?: 'normal' | 'large';
  /** Shows that the answer is awaited, in place of the words; the button does nothing meanwhile and keeps its width. */
  isBusy?: boolean;
}

const looks = {
  primary: 'btn-primary',
  second: 'border-field bg-base-100 text-base-content hover:bg-base-200',
  danger: 'btn-error',
} as const;
const sizes = {
  normal: 'h-8.5 min-h-8.5 px-4 text-interface',
  large: 'h-11 min-h-11 px-5 text-interface',
} as const;

export function Button({ look = 'primary', size = 'normal', isBusy = false, ...props }: ButtonProps) {
  const { className, type, onClick, children, ...rest } = props;
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-busy={isBusy ? 'true' : undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={classNames('btn focus-ring relative font-semibold shadow-none', looks[look], sizes[size], className)}
    >
      <span
        className={classNames('inline-flex items-center gap-1.5 transition-opacity', isBusy && 'opacity-0 delay-200')}
      >
        {children}
      </span>
      {isBusy && <WaitingRing className="absolute" />}
    </button>
  );
}
