import { useState } from 'react';

export interface TimeFieldProps {
  /** Spoken; what is shown stands beside it. */
  label: string;
  /** Minutes after midnight. */
  minute: number;
  /** Told of every whole time that is typed. */
  onChange: (minute: number) => void;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

function written(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/** A time of day, written as the system writes it. What is typed stays until it is a whole time or is left. */
export function TimeField({ label, minute, onChange }: TimeFieldProps) {
  const [typed, setTyped] = useState<string>();
  const take = (value: string) => {
    setTyped(value);
    const [hours, minutes] = value.split(':').map(Number);
    if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
  };
  return (
    <input
      type="time"
      aria-label={label}
      required
      value={typed ?? written(minute)}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setTyped(undefined)}
      className="h-9 rounded-field border border-field bg-base-100 px-3 text-interface font-medium text-base-content tabular-nums focus-visible:border-primary focus-visible:outline-1 focus-visible:outline-primary [&::-webkit-calendar-picker-indicator]:hidden"
    />
  );
}
