import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { add, isGreen, nothingRan, playwrightTally, summaryLine, vitestTally } from './test-report.ts';

function reportFile(report: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'parley-report-')), 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

const vitestReport = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

test('both runners are summed into the closing line', () => {
  const unit = vitestTally(reportFile(vitestReport), 0);
  const e2e = playwrightTally(reportFile({ stats: { expected: 2, unexpected: 1, flaky: 0, skipped: 0 } }), 1);
  expect(summaryLine(add(unit, e2e))).toBe('5 passed, 1 failed, 2 skipped');
});

test('a runner that fails without a failed test counts as one failure', () => {
  expect(vitestTally(reportFile(vitestReport), 1).failed).toBe(1);
  expect(playwrightTally('no-such-report.json', 1).failed).toBe(1);
});

test('a test that only passes when repeated counts as failed', () => {
  const file = reportFile({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 } });
  expect(playwrightTally(file, 0)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a run in which nothing passed is not green', () => {
  expect(isGreen(nothingRan)).toBe(false);
  expect(isGreen({ passed: 0, failed: 0, skipped: 4 })).toBe(false);
  expect(isGreen({ passed: 1, failed: 0, skipped: 4 })).toBe(true);
});
