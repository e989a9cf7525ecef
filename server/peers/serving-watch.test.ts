import { expect, test } from 'vitest';
import type { ServingProcess, ServingRegistry } from '../storage/port/shared.ts';
import { ServedElsewhere, ServingWatch } from './serving-watch.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A registry in memory; what is reported is answered when the test says so. */
class MemoryRegistry implements ServingRegistry {
  readonly rows = new Map<string, ServingProcess>();
  untilAnswered: Promise<void> = Promise.resolve();

  async report(mine: ServingProcess) {
    const wasThere = this.rows.has(mine.processId);
    await this.untilAnswered;
    this.rows.set(mine.processId, mine);
    const others = [...this.rows.values()].filter(({ processId }) => processId !== mine.processId);
    return { wasThere, others };
  }

  async remove(processId: string) {
    this.rows.delete(processId);
  }
}

function begin(registry: ServingRegistry, processId: string, isAlone: boolean) {
  const events: string[] = [];
  const scheduled = new Set<() => void>();
  const watch = ServingWatch.begin({
    registry,
    processId,
    isAlone,
    clock: {
      now: () => 0,
      schedule(run) {
        scheduled.add(run);
        return () => void scheduled.delete(run);
      },
    },
    log: { info() {}, warn: (event) => void events.push(event), error() {} },
    met: (other) => void events.push(`met ${other}`),
    lost: () => void events.push('lost'),
  });
  watch.catch(() => {});
  /** Its clock goes on so many times, and that of nobody else: those stand still. */
  const goOn = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      const due = [...scheduled];
      scheduled.clear();
      for (const run of due) run();
      await settled();
    }
  };
  return { watch, events, scheduled, goOn };
}

test('D13 one that is connected and one that is alone do not both serve', async () => {
  const registry = new MemoryRegistry();
  const connected = begin(registry, 'connected', false);
  await settled();
  const alone = begin(registry, 'alone', true);
  await settled();
  await connected.goOn(1);
  await alone.goOn(1);
  await expect(alone.watch).rejects.toBeInstanceOf(ServedElsewhere);
  expect([...registry.rows.keys()]).toEqual(['connected']);
});

test.each([true, false])(
  'D13 a process that stood still, and was taken for dead by one that is alone, ends (alone itself: %s)',
  async (isAlone) => {
    const registry = new MemoryRegistry();
    const still = begin(registry, 'still', isAlone);
    await settled();
    const alone = begin(registry, 'alone', true);
    await alone.goOn(13);
    await alone.watch;
    await still.goOn(1);
    expect([still.events, alone.events]).toEqual([['lost'], []]);
  },
);

test('D13 a process that stood still, and was taken for dead by one that is connected, too, goes on', async () => {
  const registry = new MemoryRegistry();
  const still = begin(registry, 'still', false);
  const other = begin(registry, 'other', false);
  await other.goOn(4);
  expect([...registry.rows.keys()]).toEqual(['other']);
  await still.goOn(1);
  await other.goOn(2);
  await still.goOn(1);
  await other.goOn(1);
  expect([...registry.rows.keys()].toSorted()).toEqual(['other', 'still']);
  expect(still.events).not.toContain('lost');
  expect(other.events).toContain('met still');
});

test('a report under way when the watch ends writes nothing down any more, schedules nothing and takes nothing for lost', async () => {
  const registry = new MemoryRegistry();
  const { watch, events, scheduled, goOn } = begin(registry, 'ending', true);
  const begun = await watch;
  const { promise, resolve } = Promise.withResolvers<void>();
  registry.untilAnswered = promise;
  registry.rows.clear();
  await goOn(1);
  const ended = begun.end();
  await settled();
  resolve();
  await ended;
  await settled();
  expect([registry.rows.size, scheduled.size, events]).toEqual([0, 0, []]);
});
