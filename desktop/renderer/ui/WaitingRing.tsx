import { CircleDashed } from 'lucide-react';
import { Icon } from './Icon.tsx';
import { classNames } from './class-names.ts';

/** Dashed, as everything on its way: an answer is awaited. It comes up late, so that quick answers show none. */
export function WaitingRing({ className }: { className?: string }) {
  return (
    <Icon
      icon={CircleDashed}
      className={classNames(
        'animate-spin transition-opacity delay-200 motion-reduce:animate-none starting:opacity-0',
        className,
      )}
    />
  );
}
