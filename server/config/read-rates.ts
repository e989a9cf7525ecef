import { z } from 'zod';
import { defaultRates, rateNames, type Rate, type RateName } from '@parley/shared/contract/limits.ts';
import { readAll, type Environment } from './read-variables.ts';
import type { Variable } from './variables.ts';

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

/** The way back: what `parseRate` reads as this rate. */
export function writeRate({ perSecond, burst }: Rate): string {
  const rate = perSecond < 1 ? `${Math.round(perSecond * seconds.day)}/day` : `${perSecond}/s`;
  return `${rate} burst ${burst}`;
}

const schema = z
  .string()
  .refine((text) => parseRate(text) !== null)
  .transform((text) => parseRate(text))
  .optional();

const variableOf = (name: RateName) => `PARLEY_RATE_${name.toUpperCase()}`;

/** One variable for each bucket, such as PARLEY_RATE_MESSAGES. */
export const rateVariables: Readonly<Record<string, Variable>> = Object.fromEntries(
  rateNames.map((name) => [
    variableOf(name),
    {
      schema,
      expects: 'a rate such as "10/s burst 30" or "20/day"',
      about: `How often one person may ask for what is counted as \`${name}\`, over all devices.`,
      byDefault: writeRate(defaultRates[name]),
    },
  ]),
);

export function readRates(environment: Environment): { rates: Record<RateName, Rate>; problems: string[] } {
  const { values, problems } = readAll(environment, rateVariables);
  const given = rateNames.map((name) => [name, values[variableOf(name)] ?? defaultRates[name]]);
  return { rates: Object.fromEntries(given) as Record<RateName, Rate>, problems };
}
