import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export interface LinkButtonProps extends ComponentProps<'button'> {
  /** Without the line, where it stands alone at the end of a row. */
  isPlain?: boolean;
}

/** Reads like a link and does something here. */
export function LinkButton({ isPlain, className, type, ...rest }: LinkButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classNames(
        'focus-ring min-h-8 cursor-pointer rounded-sm font-semibold text-primary decoration-1 underline-offset-3 hover:decoration-2',
        isPlain ? 'hover:underline' : 'underline',
        className,
      )}
    />
  );
}
