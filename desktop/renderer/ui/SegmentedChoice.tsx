import { useId } from 'react';

export interface SegmentedChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  /** The label is shown elsewhere. */
  isLabelHidden?: boolean;
}

/** One of a few, all visible at once. */
export function SegmentedChoice<T extends string>(props: SegmentedChoiceProps<T>) {
  const { label, options, value, onChange, isLabelHidden } = props;
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={isLabelHidden ? 'sr-only' : 'pb-1.5 text-preview font-semibold'}>{label}</legend>
      <div className="inline-flex max-w-full flex-wrap gap-0.5 rounded-field bg-base-300 p-[3px]">
        {options.map((option) => (
          <label
            key={option.value}
            className="inline-flex min-h-7.5 cursor-pointer items-center rounded-[0.5rem] border border-transparent px-3 text-preview font-medium text-ink-2 has-checked:border-line has-checked:bg-base-100 has-checked:font-semibold has-checked:text-base-content has-focus-visible:outline-2 has-focus-visible:outline-primary"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
