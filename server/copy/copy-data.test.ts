import { beforeEach, describe, expect, test } from 'vitest';
import { archiveKinds, type ArchiveKind, type ArchiveSource, type ArchiveTarget } from '../storage/port/archive.ts';
import { copyData, CopyDiffers, type CopyStep } from './copy-data.ts';

/** Throttles, because they are the smallest records; of every other kind there are none. */
interface Small {
  key: string;
  tries: number;
  endsAt: number;
}

const everything = Array.from({ length: 10 }, (_, index): Small => ({ key: `k${index}`, tries: index, endsAt: 100 }));
const isSmall = (kind: ArchiveKind) => kind === 'throttle';

const source = {
  identity: { serverId: 's', epoch: 'e' },
  count: async (kind) => (isSmall(kind) ? everything.length : 0),
  async read(kind, after, limit) {
    const from = Number(after?.[0] ?? 0);
    const records = isSmall(kind) ? everything.slice(from, from + limit) : [];
    return { records: records as never[], last: records.length === 0 ? undefined : [from + records.length] };
  },
  close: async () => undefined,
} satisfies ArchiveSource;

class MemoryTarget implements ArchiveTarget {
  readonly stored = new Map<string, Small>();
  progress: ArchiveTarget['progress'];
  writes = 0;
  isFinished = false;

  async write(_kind: ArchiveKind, records: readonly unknown[]): Promise<void> {
    this.writes += records.length;
    for (const record of records as Small[]) this.stored.set(record.key, record);
  }

  async keepProgress(progress: ArchiveTarget['progress']): Promise<void> {
    this.progress = progress;
  }

  async count(kind: ArchiveKind): Promise<number> {
    return isSmall(kind) ? this.stored.size : 0;
  }

  async readSame(_kind: ArchiveKind, records: readonly unknown[]): Promise<never[]> {
    return (records as Small[]).map(({ key }) => this.stored.get(key) as never);
  }

  async clear(): Promise<void> {
    this.stored.clear();
    this.progress = undefined;
  }

  async finish(): Promise<void> {
    this.isFinished = true;
  }

  async close(): Promise<void> {}
}

let target: MemoryTarget;
let steps: CopyStep[];
beforeEach(() => {
  target = new MemoryTarget();
  steps = [];
});
const copy = (tell: (step: CopyStep) => void = (step) => steps.push(step)) =>
  copyData(source, target, { tell, recordsPerStep: 4 });

describe('a copy', () => {
  test('has every record once, is compared, and only then is finished', async () => {
    const counts = await copy((step) => {
      steps.push(step);
      expect(target.isFinished).toBe(false);
    });
    expect([...target.stored.values()]).toEqual(everything);
    expect(target.isFinished).toBe(true);
    expect(counts).toEqual(Object.fromEntries(archiveKinds.map((kind) => [kind, isSmall(kind) ? 10 : 0])));
    expect(steps.map(({ doing, done, total }) => [doing, done, total])).toEqual([
      ['copying', 4, 10],
      ['copying', 8, 10],
      ['copying', 10, 10],
      ['comparing', 4, 10],
      ['comparing', 8, 10],
      ['comparing', 10, 10],
    ]);
  });

  test('goes on where it was interrupted', async () => {
    const interrupted = copy(() => {
      throw new Error('Interrupted');
    });
    await expect(interrupted).rejects.toThrow('Interrupted');
    expect(target.stored.size).toBe(4);
    await copy();
    expect(target.writes).toBe(10);
    expect([...target.stored.values()]).toEqual(everything);
    expect(steps[0]).toMatchObject({ doing: 'copying', done: 8, total: 10 });
  });

  test.each([
    ['is another', (): unknown => target.stored.set('k3', { key: 'k3', tries: 4, endsAt: 100 })],
    ['is missing', (): unknown => target.stored.delete('k9')],
    ['is one too many', (): unknown => target.stored.set('k99', { key: 'k99', tries: 0, endsAt: 0 })],
  ])('is not finished where a record %s, and begins anew', async (_what, change) => {
    const copying = copy(({ doing, done }) => doing === 'copying' && done === 10 && change());
    await expect(copying).rejects.toThrow(CopyDiffers);
    expect([target.isFinished, target.stored.size]).toEqual([false, 0]);
    await copy();
    expect([target.isFinished, [...target.stored.values()]]).toEqual([true, everything]);
  });
});
