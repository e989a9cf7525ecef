import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** Reads like a link and does something here. */
export function LinkButton({ className, type, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classNames(
        'focus-ring min-h-8 cursor-pointer rounded-sm font-semibold text-primary underline decoration-1 underline-offset-3 hover:decoration-2',
        className,
      )}
    />
  );
}
