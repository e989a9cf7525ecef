import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createConnectivity } from './power-and-network.ts';

const { system, power } = vi.hoisted(() => ({ system: { isOnline: true }, power: { current: {} as EventEmitter } }));
vi.mock('electron', () => ({
  net: { isOnline: () => system.isOnline },
  get powerMonitor() {
    return power.current;
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  system.isOnline = true;
  power.current = new EventEmitter();
});
afterEach(() => vi.useRealTimers());

it('tells when a network goes and comes', () => {
  const connectivity = createConnectivity();
  const listener = vi.fn<() => void>();
  const end = connectivity.onChange(listener);
  system.isOnline = false;
  vi.advanceTimersByTime(2000);
  expect([connectivity.isOnline(), listener.mock.calls.length]).toEqual([false, 1]);
  system.isOnline = true;
  vi.advanceTimersByTime(2000);
  expect([connectivity.isOnline(), listener.mock.calls.length]).toEqual([true, 2]);
  end();
  system.isOnline = false;
  vi.advanceTimersByTime(2000);
  expect(listener).toHaveBeenCalledTimes(2);
});

it('never says offline without telling of the network that follows', () => {
  const connectivity = createConnectivity();
  const listener = vi.fn<() => void>();
  connectivity.onChange(listener);
  system.isOnline = false;
  vi.advanceTimersByTime(500);
  expect(connectivity.isOnline()).toBe(true);
  system.isOnline = true;
  vi.advanceTimersByTime(10_000);
  expect(listener).not.toHaveBeenCalled();
});

it.each(['resume', 'unlock-screen'])('tells of %s, with the network there is then', (event) => {
  const connectivity = createConnectivity();
  const listener = vi.fn<() => void>();
  connectivity.onChange(listener);
  system.isOnline = false;
  power.current.emit(event);
  expect([connectivity.isOnline(), listener.mock.calls.length]).toEqual([false, 1]);
});
