import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from './class-names.ts';

/** True once `isOn` has lasted 200 ms: what is quicker needs no placeholder. */
export function useAfterDelay(isOn: boolean, delayMs = 200): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setTimeout(() => setIsOver(true), delayMs);
    return () => {
      clearTimeout(timer);
      setIsOver(false);
    };
  }, [isOn, delayMs]);
  return isOn && isOver;
}

export interface SkeletonProps {
  /** Size and radius, as classes. */
  className: string;
}

/** A static shape in the place of what is coming. */
export function Skeleton({ className }: SkeletonProps) {
  return <span aria-hidden="true" className={classNames('block bg-base-300/70', className)} />;
}

export interface SkeletonGroupProps {
  /** What is being loaded, spoken. */
  label: string;
  children: ReactNode;
}

export function SkeletonGroup({ label, children }: SkeletonGroupProps) {
  return (
    <div role="status" aria-label={label} className="contents">
      {children}
    </div>
  );
}
