import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface MenuProps {
  icon: LucideIcon;
  /** What the menu is about, spoken. */
  label: string;
  /** Stays out of sight until its row is hovered or something in it has the focus. */
  isQuiet?: boolean;
  className?: string;
  children: ReactNode;
}

export function Menu({ icon, label, isQuiet, className = '', children }: MenuProps) {
  const quiet = isQuiet
    ? 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100'
    : '';
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={label}
        className={`focus-ring inline-flex size-8 shrink-0 cursor-pointer items-center justify-center rounded-field text-ink-2 hover:text-base-content ${quiet} ${className}`}
      >
        <Icon icon={icon} />
      </Base.Trigger>
      <MenuPopup align="end">{children}</MenuPopup>
    </Base.Root>
  );
}

export interface ContentMenuProps {
  /** What is pressed; it also says what the menu is about. */
  trigger: ReactNode;
  className?: string;
  children: ReactNode;
}

/** As `Menu`, under more than an icon. */
export function ContentMenu({ trigger, className = '', children }: ContentMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger className={`focus-ring cursor-pointer ${className}`}>{trigger}</Base.Trigger>
      <MenuPopup align="start">{children}</MenuPopup>
    </Base.Root>
  );
}

function MenuPopup({ align, children }: { align: 'start' | 'end'; children: ReactNode }) {
  return (
    <Base.Portal>
      <Base.Positioner align={align} sideOffset={4} className="z-50 max-w-[calc(100vw-1rem)]">
        <Base.Popup className="min-w-44 rounded-box border border-line bg-base-100 p-1 shadow-[0_8px_28px_-10px_var(--color-scrim)] outline-none transition-[opacity,translate] duration-180 data-starting-style:translate-y-1 data-starting-style:opacity-0">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

export interface MenuItemProps {
  icon: LucideIcon;
  isDanger?: boolean;
  /** Of several choices the one that holds now. */
  isCurrent?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, isDanger, isCurrent, onClick, children }: MenuItemProps) {
  return (
    <Base.Item
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onClick}
      className={`flex min-h-9 cursor-pointer items-center gap-2.5 rounded-selector px-2.5 text-interface outline-none data-highlighted:bg-base-300/55 ${isDanger ? 'text-error-ink' : ''}`}
    >
      <Icon icon={isCurrent ? Check : icon} size={16} className={isDanger ? '' : 'text-ink-2'} />
      {children}
    </Base.Item>
  );
}

/** Between items of different kinds. */
export function MenuLine() {
  return <Base.Separator className="mx-2.5 my-1 h-px bg-line" />;
}
