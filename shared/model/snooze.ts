const minuteMs = 60_000;
const morningHour = 8;

export type SnoozeLength = 'half-an-hour' | 'an-hour' | 'until-tomorrow';

/** When a snooze that begins now is over. Tomorrow is the next morning that has not begun, where this device stands. */
export function snoozeUntil(length: SnoozeLength, now: number): number {
  if (length === 'half-an-hour') return now + 30 * minuteMs;
  if (length === 'an-hour') return now + 60 * minuteMs;
  const morning = new Date(now);
  morning.setHours(morningHour, 0, 0, 0);
  if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1);
  return morning.getTime();
}
