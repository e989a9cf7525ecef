import { expect, test } from '@playwright/test';
import { killParts } from './parts-killed/kill-parts.ts';
import { type Parts, startParts } from './parts-killed/parts.ts';

let parts: Parts | { missing: string };

test.beforeAll(async () => {
  test.setTimeout(120_000);
  parts = await startParts();
});
test.afterAll(() => ('missing' in parts ? undefined : parts.stop()));

test('D1 D2 D4 D7 D13 whatever part is killed while people talk, come and go: nothing lost, twice, out of order or heard after removal', async () => {
  test.setTimeout(240_000);
  if ('missing' in parts) return test.skip(true, parts.missing);
  // Every process once: killed, or told to stop.
  const killed = ['server 1, SIGKILL', 'server 2, SIGTERM', 'server 3, SIGKILL', 'Redis', 'nginx', 'MongoDB'];
  const failing = parts.all.filter(({ name }) => killed.some((one) => name.startsWith(one)));
  const times = { beforeMs: 700, downMs: 1_000, afterMs: 1_200, settleMs: 60_000 };
  const { rows, findings } = await killParts(parts, { ...times, engines: 12, messagesPerSecond: 10, failing });
  expect(findings).toEqual([]);
  expect(rows.map(({ part }) => part)).toEqual(failing.map(({ name }) => name));
  for (const { part, acknowledged } of rows) expect(acknowledged, part).toBeGreaterThan(0);
  return undefined;
});
