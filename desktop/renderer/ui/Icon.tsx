import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';

export interface IconProps {
  icon: LucideIcon;
  size?: number | undefined;
  isMirrored?: boolean | undefined;
  className?: string | undefined;
}

/** A lucide icon in Parley's weight; decoration, the label is on what holds it. */
export function Icon({ icon: Drawing, size = 18, isMirrored, className }: IconProps) {
  return (
    <Drawing
      aria-hidden="true"
      focusable="false"
      strokeWidth={1.75}
      style={{ inlineSize: `${size / 16}rem`, blockSize: `${size / 16}rem` }}
      size={size}
      className={classNames('shrink-0', isMirrored === true && 'rtl:-scale-x-100', className)}
    />
  );
}
