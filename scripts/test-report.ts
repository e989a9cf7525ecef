import { existsSync, readFileSync } from 'node:fs';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothingRan: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

function read<Report>(file: string): Report | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
}

/** A runner that ended badly without naming a failed test (a file that does not load, say) counts as one failure. */
function honest(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

export function vitestTally(file: string, exitCode: number): Tally {
  const report = read<VitestReport>(file);
  if (!report) return honest(nothingRan, exitCode);
  const skipped = report.numPendingTests + report.numTodoTests;
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests, skipped }, exitCode);
}

export function playwrightTally(file: string, exitCode: number): Tally {
  const stats = read<PlaywrightReport>(file)?.stats;
  if (!stats) return honest(nothingRan, exitCode);
  // A test that passes only when repeated is a defect here, not a success.
  return honest({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }, exitCode);
}

export function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Skipped tests prove nothing, so a run of only those is as bad as an empty one. */
export function isGreen({ passed, failed }: Tally): boolean {
  return passed > 0 && failed === 0;
}
