import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title'> {
  icon: LucideIcon;
  /** Spoken, and shown on hover. */
  label: string;
  /** Arrows, reply and panel icons point along the reading direction. */
  isMirrored?: boolean;
  /** What it opens is open. */
  isActive?: boolean;
}

export function IconButton({ icon, label, isMirrored, isActive, className, type, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        {...rest}
        type={type ?? 'button'}
        aria-label={label}
        className={classNames(
          'focus-ring inline-flex size-8.5 shrink-0 cursor-pointer items-center justify-center rounded-field text-ink-2',
          'transition-colors hover:bg-base-300/55 hover:text-base-content disabled:cursor-default disabled:text-ink-3',
          isActive === true && 'bg-base-300/70 text-base-content',
          className,
        )}
      >
        <Icon icon={icon} isMirrored={isMirrored} />
      </button>
    </Tooltip>
  );
}
