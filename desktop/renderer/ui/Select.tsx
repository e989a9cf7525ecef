import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Icon } from './Icon.tsx';

export interface SelectProps<T extends string> {
  /** Spoken; what is shown stands beside it. */
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of several, of which only the chosen one is shown. */
export function Select<T extends string>({ label, options, value, onChange }: SelectProps<T>) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className="focus-ring inline-flex h-9 cursor-pointer items-center justify-between gap-2.5 rounded-field border border-field bg-base-100 ps-3 pe-2.5 text-interface font-medium hover:bg-base-200"
      >
        <Base.Value />
        <Icon icon={ChevronsUpDown} size={16} className="text-ink-2" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} align="end" sideOffset={4} className="z-50">
          <Base.Popup className="min-w-(--anchor-width) rounded-box border border-line bg-base-100 p-1 shadow-[0_8px_28px_-10px_var(--color-scrim)] outline-none transition-[opacity,translate] duration-180 data-starting-style:translate-y-1 data-starting-style:opacity-0">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-selector px-2.5 text-interface outline-none data-highlighted:bg-base-300/55"
                >
                  <Base.ItemText>{option.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Icon icon={Check} size={16} className="text-primary" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
