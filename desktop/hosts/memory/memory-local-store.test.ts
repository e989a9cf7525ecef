import { describe, expect, test } from 'vitest';
import { putDraft } from '../../engine/ports/testing/example-records.ts';
import { describeLocalStore } from '../../engine/ports/testing/local-store-conformance.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { createMemoryStorePort, type MemoryStorePort, type WriteFate } from './memory-local-store.ts';

/** This adapter applies a batch in one go: there is no middle to fail in. */
function refuseNext(port: MemoryStorePort): void {
  const fates: WriteFate[] = ['refused'];
  port.decideWrites(() => fates.pop() ?? 'kept');
}

describeLocalStore(
  'memory',
  async () => {
    const port = createMemoryStorePort();
    return { port: () => port, failNextBatch: () => refuseNext(port), dispose: () => Promise.resolve() };
  },
  { kind: 'memory', canFail: true },
);

describeLocalStore(
  'memory over a disk',
  async () => {
    const disk = createMemoryDisk();
    let port = createMemoryStorePort(disk);
    return {
      port: () => port,
      async restart() {
        port.crash();
        port = createMemoryStorePort(disk);
      },
      failNextBatch: () => refuseNext(port),
      dispose: () => Promise.resolve(),
    };
  },
  { kind: 'kept', canFail: true },
);

describe('a crash of the memory store', () => {
  test.each([
    ['dies-before', []],
    ['dies-after', ['words']],
  ] as const)('that %s the write reached the disk leaves %j, and nobody hears', async (fate, expected) => {
    const port = createMemoryStorePort(createMemoryDisk());
    const store = await port.open('a');
    const answers: string[] = [];
    const died = new Promise<void>((resolve) => {
      port.decideWrites(() => {
        resolve();
        return fate;
      });
    });
    void store.write([putDraft('c1', 'words')]).finally(() => answers.push('write'));
    void store.write([putDraft('c2', 'more words')]).finally(() => answers.push('next write'));
    await died;
    void store.readAll('drafts').finally(() => answers.push('read'));
    void store.close().finally(() => answers.push('close'));
    const next = await createMemoryStorePort(port.disk).open('a');
    const texts = (await next.readAll('drafts')).map(({ text }) => text);
    expect({ texts, answers }).toEqual({ texts: expected, answers: [] });
  });

  test('lets nothing reach the disk any more', async () => {
    const port = createMemoryStorePort(createMemoryDisk());
    const store = await port.open('a');
    void store.write([putDraft('c1', 'words')]);
    port.crash();
    const next = await createMemoryStorePort(port.disk).open('a');
    await next.write([putDraft('c2', 'later')]);
    expect((await next.readAll('drafts')).map(({ text }) => text)).toEqual(['later']);
  });
});
