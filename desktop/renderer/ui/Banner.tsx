import { type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { classNames } from './class-names.ts';

export interface BannerProps {
  kind: 'trouble' | 'offer';
  icon: LucideIcon;
  title: string;
  text: string;
  /** One button at most, and a way to say no. */
  action?: ReactNode;
  onClose?: () => void;
}

const kinds = {
  trouble:
    'bg-[color-mix(in_oklab,var(--color-warning)_13%,var(--color-base-100))] border-[color-mix(in_oklab,var(--color-warning)_35%,var(--color-base-100))]',
  offer:
    'bg-[color-mix(in_oklab,var(--color-primary)_8%,var(--color-base-100))] border-[color-mix(in_oklab,var(--color-primary)_25%,var(--color-base-100))]',
} as const;

/** Stands under the header, one at a time. */
export function Banner({ kind, icon, title, text, action, onClose }: BannerProps) {
  const { t } = useTranslation('controls');
  return (
    <div
      role="status"
      className={classNames('flex min-h-16 shrink-0 items-center gap-3 border-b py-2.5 ps-5 pe-4', kinds[kind])}
    >
      <Icon icon={icon} size={20} />
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-2 ps-0.5">
        <div className="min-w-0 grow basis-52">
          <p className="text-interface font-semibold">{title}</p>
          <p className="text-preview text-ink-2">{text}</p>
        </div>
        {action}
      </div>
      {onClose && <IconButton icon={X} label={t('close')} onClick={onClose} />}
    </div>
  );
}
