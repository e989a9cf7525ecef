import { Switch as Base } from '@base-ui/react/switch';

export interface SwitchProps {
  /** Spoken; what is shown stands beside it. */
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, isOn, onChange, isDisabled = false }: SwitchProps) {
  return (
    <Base.Root
      aria-label={label}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      className="focus-ring relative inline-flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full border border-transparent bg-field transition-colors before:absolute before:-inset-1 data-checked:bg-primary data-disabled:cursor-default data-disabled:border-field data-disabled:bg-base-300"
    >
      <Base.Thumb className="ms-0.75 size-4 rounded-full bg-base-100 transition-[margin] data-checked:ms-4.75 data-checked:bg-primary-content data-disabled:bg-ink-3 forced-colors:bg-[CanvasText]" />
    </Base.Root>
  );
}
