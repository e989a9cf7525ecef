import type { LucideIcon } from 'lucide-react';
import { Icon } from '../../ui/Icon.tsx';

export interface DetailsActionProps {
  icon: LucideIcon;
  children: string;
  isDanger?: boolean;
  onClick: () => void;
}

export function DetailsAction({ icon, children, isDanger, onClick }: DetailsActionProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`focus-ring-inside -mx-2 flex min-h-9.5 w-[calc(100%+1rem)] cursor-pointer items-center gap-2.5 rounded-field px-2 text-start hover:bg-base-300/55 ${isDanger ? 'text-error-ink' : ''}`}
    >
      <Icon icon={icon} className={isDanger ? '' : 'text-ink-2'} />
      {children}
    </button>
  );
}
