import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTimerClock } from './timer-clock.ts';

describe('the clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('runs once after the delay', () => {
    const run = vi.fn<() => void>();
    createTimerClock().schedule(run, 1_000);
    vi.advanceTimersByTime(999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('can be taken back', () => {
    const run = vi.fn<() => void>();
    createTimerClock().schedule(run, 1_000)();
    vi.advanceTimersByTime(10_000);
    expect(run).not.toHaveBeenCalled();
  });

  test('waits longer than a timer can, and can be taken back then too', () => {
    const days = 24 * 3_600_000;
    const [run, other] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const clock = createTimerClock();
    clock.schedule(run, 60 * days);
    const takeBack = clock.schedule(other, 60 * days);
    vi.advanceTimersByTime(59 * days);
    takeBack();
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * days);
    expect(run).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });
});
