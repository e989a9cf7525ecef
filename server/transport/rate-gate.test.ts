import { expect, test } from 'vitest';
import { defaultRates } from '@parley/shared/contract/limits.ts';
import { createRateGate } from './rate-gate.ts';

const refusals = async (gate: ReturnType<typeof createRateGate>, rate: keyof typeof defaultRates, count: number) => {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => gate('ann', rate)));
  return outcomes.filter(({ status }) => status === 'rejected').length;
};

test.each(Object.entries(defaultRates))(
  'S11 %s: a whole burst is let through at once, and not one more',
  async (name, { burst }) => {
    const gate = createRateGate(defaultRates);
    expect(await refusals(gate, name as keyof typeof defaultRates, burst + 5)).toBe(5);
  },
);

test('S11 a quota of a day is one', async () => {
  const gate = createRateGate(defaultRates);
  await refusals(gate, 'contacts', 20);
  await expect(gate('ann', 'contacts')).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(gate('ann', 'contacts')).rejects.toSatisfy(
    (error: { retryAfterMs: number }) => error.retryAfterMs > 3_600_000,
  );
  await expect(gate('ben', 'contacts')).resolves.toBeUndefined();
});
