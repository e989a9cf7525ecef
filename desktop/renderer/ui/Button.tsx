import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'second' | 'danger';
  /** `large` is the one button of a page or form. */
  size?: 'normal' | 'large';
  /** Shows that the answer is awaited; the button does nothing meanwhile. */
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

export function Button({ look = 'primary', size = 'normal', isBusy, className, type, onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-busy={isBusy ? 'true' : undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={classNames('btn focus-ring font-semibold shadow-none', looks[look], sizes[size], className)}
    />
  );
}
