import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exampleIntent, putDraft, putMessage } from '../../../engine/ports/testing/example-records.ts';
import type { LocalStore, LocalWrite } from '../../../engine/ports/local-store.ts';
import { AccountFolders } from './account-folders.ts';
import { TestProfile } from '../testing/test-profile.ts';

const range = { fromSeq: 1, toSeq: 100_000, limit: 100_000, take: 'oldest' } as const;

async function heldIn(store: LocalStore) {
  const [outbox, c1, c2] = await Promise.all([
    store.readAll('outbox'),
    store.readMessages({ ...range, conversationId: 'c1' }),
    store.readMessages({ ...range, conversationId: 'c2' }),
  ]);
  return { outbox: outbox.map(({ id }) => id), c1: c1.length, c2: c2.length };
}

test('D7 LS16 after kill -9 everything that was kept is there, and no half of a batch', async () => {
  const profile = await TestProfile.open();
  const script = fileURLToPath(new URL('../testing/write-until-killed.ts', import.meta.url));
  await (await profile.port.open('a')).close();
  const key = (await profile.keyOf('a')) ?? '';
  let kept: string[] = [];
  for (const count of [1, 40]) {
    const child = spawn(process.execPath, [script, profile.path, key]);
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.split('\n').length > count) child.kill('SIGKILL');
    });
    await once(child, 'close');
    kept = [...new Set([...kept, ...printed.split('\n').slice(0, -1)])];
    expect(kept.length).toBeGreaterThanOrEqual(count);
    const store = await profile.port.open('a');
    const held = await heldIn(store);
    expect(held.outbox).toEqual(expect.arrayContaining(kept));
    expect([held.c1, held.c2]).toEqual([held.outbox.length, held.outbox.length]);
    await store.close();
  }
  expect(profile.losses).toEqual([]);
  await profile.dispose();
});

/** More steps than a batch of these has, with its answer and the closing of the database. */
const stepsOfAll = 14;
const batch: LocalWrite[] = [
  { table: 'outbox', key: 'i1', value: exampleIntent('i1') },
  { table: 'drafts', key: 'c1', value: null },
  putMessage('c1', 1),
  putMessage('c2', 1),
];

test('D7 LS16 wherever a process dies, a batch is there whole or not at all, and whole if it was told so', async () => {
  const profile = await TestProfile.open();
  const seen = new Set<string>();
  for (let steps = 0; steps < stepsOfAll; steps += 1) {
    const store = await profile.port.open('a');
    await store.write([putDraft('c1', 'half a sen')]);
    profile.dieAfter(steps);
    let wasTold = false;
    const written = store.write(batch).then(
      () => (wasTold = true),
      () => undefined,
    );
    const closed = store.close().catch(() => undefined);
    await profile.dieDuring(closed);
    await Promise.all([written, closed]);

    const next = await profile.port.open('a');
    const { outbox, c1, c2 } = await heldIn(next);
    const drafts = await next.readAll('drafts');
    const state = [outbox.length, c1, c2, 1 - drafts.length].join('');
    seen.add(`${state} ${wasTold ? 'told' : 'not told'}`);
    await next.erase();
  }
  expect([...seen].toSorted()).toEqual(['0000 not told', '1111 not told', '1111 told']);
  await profile.dispose();
});

test('wherever a process dies while it makes an account, the next one makes it', async () => {
  const profile = await TestProfile.open();
  for (let steps = 0; steps < 16; steps += 1) {
    profile.dieAfter(steps);
    await profile.dieDuring(profile.port.open('a'));
    const store = await profile.port.open('a');
    await store.write(batch);
    expect((await heldIn(store)).outbox).toEqual(['i1']);
    await store.erase();
  }
  expect(profile.losses).toEqual([]);
  await profile.dispose();
});

test('D7 wherever a process dies while it rebuilds a damaged account, what only this device has is there', async () => {
  const profile = await TestProfile.open();
  for (let steps = 0; steps < 45; steps += 3) {
    const store = await profile.port.open('a');
    await store.write([putDraft('c1', 'half a sen'), ...batch.filter(({ table }) => table !== 'drafts')]);
    await store.close();
    await new AccountFolders(profile.path).markDamaged('a');
    profile.dieAfter(steps);
    await profile.dieDuring(profile.port.open('a'));
    const next = await profile.port.open('a');
    expect(await heldIn(next)).toEqual({ outbox: ['i1'], c1: 0, c2: 0 });
    expect(await next.readAll('drafts')).toHaveLength(1);
    await next.erase();
  }
  expect(profile.losses).toEqual([]);
  await profile.dispose();
});
