import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { AccountProvider, EngineProvider } from '../../client/engine-context.ts';
import { createClientStore } from '../../client/follow-engine.ts';
import { FakeEngine } from '../../testing/fake-engine.ts';
import { fakeAccount } from '../../testing/fake-world.ts';
import { useReading } from './use-reading.ts';

function read(readSeq: number) {
  const engine = new FakeEngine({ scene: 'empty' });
  const handle = { engine, store: createClientStore() };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <EngineProvider value={handle}>
      <AccountProvider value={fakeAccount}>{children}</AccountProvider>
    </EngineProvider>
  );
  const { result, rerender } = renderHook((known: number) => useReading({ id: 'c', readSeq: known }), {
    wrapper,
    initialProps: readSeq,
  });
  const told = () => engine.calls.map(({ input }) => (input as { seq: number }).seq);
  return { reading: () => result.current, rerender, told };
}

test('D9 nothing counts as read while nobody looks', () => {
  const { reading, told } = read(0);
  reading().see(7, false);
  expect([told(), reading().lastSeen()]).toEqual([[], undefined]);
});

test('D9 every further message is told once, and scrolling back tells nothing', () => {
  const { reading, told } = read(0);
  for (const seq of [3, 3, 5, 4, undefined, 5, 6]) reading().see(seq, true);
  expect([told(), reading().lastSeen()]).toEqual([[3, 5, 6], 6]);
});

test('D9 what was read here or on another device before is not told again', () => {
  const { reading, rerender, told } = read(5);
  reading().see(5, true);
  rerender(8);
  reading().see(8, true);
  expect(told()).toEqual([]);
  reading().see(9, true);
  expect(told()).toEqual([9]);
});
