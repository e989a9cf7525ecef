import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

export interface TooltipProps {
  text: string;
  /** One element that takes a ref; the tooltip adds nothing to what it is called. */
  children: ReactElement<Record<string, unknown>>;
}

/** Needs the `Base.Provider` that `AppFrame` sets up. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup
            aria-hidden="true"
            className="max-w-72 rounded-selector bg-neutral px-2 py-1 text-meta text-neutral-content transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
