import { describe, expect, test } from 'vitest';
import { exampleIntent, putDraft, putMessage } from './example-records.ts';
import type { LocalStoreDevice, LocalStoreTraits } from './local-store-harness.ts';

const wholeRange = { conversationId: 'c1', fromSeq: 1, toSeq: 100, limit: 100, take: 'oldest' } as const;

export function describeAccounts(device: () => LocalStoreDevice, { kind }: LocalStoreTraits): void {
  describe('accounts', () => {
    test('LS12 says whether anything survives', () => {
      expect(device().port().kind).toBe(kind);
    });

    test('LS12 lists the accounts that have a store', async () => {
      const port = device().port();
      expect(await port.list()).toEqual([]);
      const names = ['s1/u1', 's1/u10', 's1', 'ü|🦜'];
      for (const name of names) await port.open(name);
      expect((await port.list()).toSorted()).toEqual(names.toSorted());
    });

    test('LS13 accounts see nothing of each other', async () => {
      const port = device().port();
      const [one, other, similar] = await Promise.all([port.open('s1/u1'), port.open('s1/u2'), port.open('s1')]);
      await one.write([putDraft('c1', 'mine'), putMessage('c1', 1)]);
      for (const store of [other, similar]) {
        expect(await store.readAll('drafts')).toEqual([]);
        expect(await store.readMessages(wholeRange)).toEqual([]);
        expect(await store.findMessages('c1', ['m1'])).toEqual([]);
      }
      await other.erase();
      expect(await one.readAll('drafts')).toHaveLength(1);
    });

    test('LS14 an account is open once at a time', async () => {
      const port = device().port();
      const store = await port.open('a');
      await expect(port.open('a')).rejects.toBeInstanceOf(Error);
      await store.close();
      await (await port.open('a')).write([putDraft('c1', 'again')]);
    });

    test('LS15 closing finishes what was handed in and refuses the rest', async () => {
      const port = device().port();
      const store = await port.open('a');
      const written = store.write([putDraft('c1', 'last words')]);
      await store.close();
      await written;
      await expect(store.write([putDraft('c1', 'too late')])).rejects.toBeInstanceOf(Error);
      await expect(store.readAll('drafts')).rejects.toBeInstanceOf(Error);
      await store.close();
      const texts = (await (await port.open('a')).readAll('drafts')).map(({ text }) => text);
      expect(texts).toEqual(['last words']);
    });

    test('LS17 erasing forgets everything, at once and for good', async () => {
      const port = device().port();
      const store = await port.open('a');
      await store.write([putDraft('c1', 'words'), putMessage('c1', 1)]);
      void store.write([putDraft('c2', 'words')]);
      await store.erase();
      expect(await port.list()).toEqual([]);
      await expect(store.readAll('drafts')).rejects.toBeInstanceOf(Error);
      const next = await port.open('a');
      expect(await next.readAll('drafts')).toEqual([]);
      expect(await next.readMessages(wholeRange)).toEqual([]);
    });
  });
}

/** For stores that outlive their process. */
export function describeRestarts(device: () => LocalStoreDevice): void {
  describe('restarts', () => {
    test('LS16 D7 what was written is there after the process was killed', async () => {
      const store = await device().port().open('a');
      await store.write([{ table: 'outbox', key: 'i1', value: exampleIntent('i1') }, putMessage('c1', 1)]);
      await device().restart?.();
      expect(await device().port().list()).toEqual(['a']);
      const next = await device().port().open('a');
      expect(await next.readAll('outbox')).toEqual([exampleIntent('i1')]);
      expect(await next.readMessages(wholeRange)).toHaveLength(1);
      expect(await next.findMessages('c1', ['m1'])).toHaveLength(1);
    });

    test('LS16 a batch is there whole or not at all after the process was killed while it was written', async () => {
      const store = await device().port().open('a');
      await store.write([putDraft('c1', 'before')]);
      store.write([putDraft('c1', 'after'), putMessage('c1', 1)]).catch(() => undefined);
      await device().restart?.();
      const next = await device().port().open('a');
      const texts = (await next.readAll('drafts')).map(({ text }) => text);
      const messages = await next.readMessages(wholeRange);
      expect([
        { texts: ['before'], messages: 0 },
        { texts: ['after'], messages: 1 },
      ]).toContainEqual({ texts, messages: messages.length });
    });

    test('LS17 what was erased does not come back with the next process', async () => {
      const store = await device().port().open('a');
      await store.write([putDraft('c1', 'words'), putMessage('c1', 1)]);
      await store.erase();
      await device().restart?.();
      expect(await device().port().list()).toEqual([]);
      const next = await device().port().open('a');
      expect(await next.readAll('drafts')).toEqual([]);
      expect(await next.readMessages(wholeRange)).toEqual([]);
    });
  });
}
