import { classNames } from './class-names.ts';

export interface WhoseProps {
  /** A server or an email. */
  label: string;
  className?: string;
}

/** The account that something belongs to, small beside its name. */
export function Whose({ label, className }: WhoseProps) {
  return (
    <bdi
      dir="ltr"
      className={classNames('min-w-12 shrink-[1000] truncate text-meta font-normal text-ink-3', className)}
    >
      {label}
    </bdi>
  );
}
