import { describe, test } from 'vitest';
import { accountRules } from './account-rules.ts';
import { commitRules } from './commit-rules.ts';
import { crashRules } from './crash-rules.ts';
import { dataRules } from './data-rules.ts';
import { feedRules } from './feed-rules.ts';
import type { Rule, StorageHarness } from './harness.ts';
import { intentRules } from './intent-rules.ts';
import { markerRules } from './marker-rules.ts';
import { pageRules } from './page-rules.ts';
import { sessionRules } from './session-rules.ts';
import { throttleRules } from './throttle-rules.ts';

/** All that every adapter promises. */
export const storageRules: readonly Rule[] = [
  ...commitRules,
  ...intentRules,
  ...crashRules,
  ...markerRules,
  ...pageRules,
  ...feedRules,
  ...accountRules,
  ...sessionRules,
  ...throttleRules,
  ...dataRules,
];

/** Runs one rule on data of its own. */
export async function checkRule(harness: StorageHarness, rule: Rule): Promise<void> {
  const data = await harness.open();
  try {
    await rule.check(data);
  } finally {
    await data.dispose();
  }
}

/** The suite that makes an adapter one: every rule is a test. */
export function describeStorage(name: string, harness: StorageHarness, timeout = 180_000): void {
  describe.concurrent(`storage: ${name}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- a rule rejects with the assertion that failed
    for (const rule of storageRules) test(`${rule.title}`, { timeout }, () => checkRule(harness, rule));
  });
}
