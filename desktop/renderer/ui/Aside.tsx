import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** Parley speaking: days, typing, system lines. Never for what a person wrote. */
export function Aside({ className, ...rest }: ComponentProps<'span'>) {
  return <span {...rest} className={classNames('aside-voice text-ink-2', className)} />;
}
