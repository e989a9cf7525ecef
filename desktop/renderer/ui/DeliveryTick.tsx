import { Check, CheckCheck, CircleAlert, CircleDashed } from 'lucide-react';
import type { DeliveryState } from '../../engine/api/views.ts';

export interface DeliveryTickProps {
  delivery: DeliveryState;
  /** Spoken. */
  label: string;
}

const drawings = { waiting: CircleDashed, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };

/** How far an own message has come: by shape, then by weight and colour. It never mirrors. */
export function DeliveryTick({ delivery, label }: DeliveryTickProps) {
  const Drawing = drawings[delivery];
  const isWaiting = delivery === 'waiting';
  const size = isWaiting || delivery === 'failed' ? 14 : 16;
  const tone = delivery === 'read' ? 'text-primary' : delivery === 'failed' ? 'text-error-ink' : 'text-ink-2';
  return (
    <span role="img" aria-label={label} data-delivery={delivery} className={`inline-flex shrink-0 ${tone}`}>
      <Drawing
        aria-hidden="true"
        focusable="false"
        size={size}
        strokeWidth={delivery === 'read' ? 2.75 : 1.9}
        style={{ inlineSize: `${size / 16}rem`, blockSize: `${size / 16}rem` }}
      />
    </span>
  );
}
