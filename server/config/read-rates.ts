import { defaultRates, rateNames, type Rate, type RateName } from '@parley/shared/contract/limits.ts';
import type { Environment } from './read-variables.ts';

const shape = /^(\d+(?:\.\d+)?)\/(s|min|h|day)(?:\s+burst\s+(\d+))?$/;
const seconds = { s: 1, min: 60, h: 3_600, day: 86_400 } as const;

/** `10/s burst 30`, `20/day`: without a burst, as many at once as the rate names. */
export function parseRate(text: string): Rate | null {
  const [, amount, unit, burst] = shape.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const perSecond = Number(amount) / seconds[unit as keyof typeof seconds];
  const atOnce = burst === undefined ? Math.ceil(Number(amount)) : Number(burst);
  return perSecond > 0 && atOnce > 0 ? { perSecond, burst: atOnce } : null;
}

/** One variable for each bucket, such as PARLEY_RATE_MESSAGES. */
export function readRates(environment: Environment): { rates: Record<RateName, Rate>; problems: string[] } {
  const rates: Record<RateName, Rate> = { ...defaultRates };
  const problems: string[] = [];
  for (const name of rateNames) {
    const variable = `PARLEY_RATE_${name.toUpperCase()}`;
    const text = environment[variable];
    if (!text) continue;
    const rate = parseRate(text);
    if (rate === null)
      problems.push(`${variable} must be a rate such as "10/s burst 30" or "20/day" (it is "${text}").`);
    else rates[name] = rate;
  }
  return { rates, problems };
}
