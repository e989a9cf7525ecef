import { describe, expect, test } from 'vitest';
import type { LocalStore, LocalWrite } from '../local-store.ts';
import { exampleConversation, exampleMessage, forgetMessages, putDraft, putMessage } from './example-records.ts';
import type { LocalStoreDevice } from './local-store-harness.ts';

/** Fails every way of copying it. */
const unwritable = {
  table: 'drafts',
  key: 'c9',
  value: {
    get text(): string {
      throw new Error('cannot be read');
    },
  },
} as unknown as LocalWrite;

/** Touches all that a failing batch must leave alone. */
const upheaval: LocalWrite[] = [
  putDraft('c1', 'after'),
  { table: 'drafts', key: 'c2', value: null },
  { table: 'conversations', key: 'c1', value: exampleConversation('c1', { rev: 9 }) },
  forgetMessages('c1'),
  putMessage('c1', 5),
];

async function contents(store: LocalStore) {
  const range = { conversationId: 'c1', fromSeq: 1, toSeq: 100, limit: 100, take: 'oldest' } as const;
  return {
    drafts: (await store.readAll('drafts')).map(({ conversationId, text }) => `${conversationId} ${text}`).toSorted(),
    conversations: (await store.readAll('conversations')).map(({ rev }) => rev),
    messages: (await store.readMessages(range)).map(({ seq }) => seq),
  };
}
const before = { drafts: ['c1 before', 'c2 before'], conversations: [1], messages: [1, 2] };
const after = { drafts: ['c1 after'], conversations: [9], messages: [5] };

async function openFilled(device: LocalStoreDevice): Promise<LocalStore> {
  const store = await device.port().open('a');
  await store.write([
    putDraft('c1', 'before'),
    putDraft('c2', 'before'),
    { table: 'conversations', key: 'c1', value: exampleConversation('c1') },
    putMessage('c1', 1),
    putMessage('c1', 2),
  ]);
  return store;
}

export function describeBatches(device: () => LocalStoreDevice): void {
  describe('batches', () => {
    test('LS8 D4 records and cursor move together', async () => {
      const store = await openFilled(device());
      await store.write(upheaval);
      expect(await contents(store)).toEqual(after);
    });

    test('LS8 inside a batch the later write wins', async () => {
      const store = await openFilled(device());
      await store.write([
        putDraft('c1', 'first'),
        { table: 'drafts', key: 'c1', value: null },
        putDraft('c1', 'last'),
        putDraft('c2', 'first'),
        { table: 'drafts', key: 'c2', value: null },
        putMessage('c1', 3),
        forgetMessages('c1'),
        putMessage('c1', 4),
      ]);
      expect(await contents(store)).toEqual({ drafts: ['c1 last'], conversations: [1], messages: [4] });
    });

    test('LS8 an empty batch is fine', async () => {
      const store = await openFilled(device());
      await store.write([]);
      expect(await contents(store)).toEqual(before);
    });

    test('LS9 a batch with something that cannot be written changes nothing, and the next one works', async () => {
      const store = await openFilled(device());
      await expect(store.write([...upheaval, unwritable])).rejects.toBeInstanceOf(Error);
      expect(await contents(store)).toEqual(before);
      await store.write(upheaval);
      expect(await contents(store)).toEqual(after);
    });

    test('LS10 batches take effect in the order they were handed in', async () => {
      const store = await device().port().open('a');
      const large = Array.from({ length: 300 }, (_, index) => putMessage('c1', index + 1, { text: 'x'.repeat(2_000) }));
      await Promise.all([
        store.write([...large, putDraft('c1', 'first')]),
        store.write([forgetMessages('c1'), putDraft('c1', 'second')]),
        store.write([putMessage('c1', 7)]),
      ]);
      expect(await contents(store)).toEqual({ drafts: ['c1 second'], conversations: [], messages: [7] });
    });

    test('LS11 takes 10,000 messages at once', { timeout: 60_000 }, async () => {
      const store = await device().port().open('a');
      await store.write(Array.from({ length: 10_000 }, (_, index) => putMessage('c1', index + 1)));
      const range = { conversationId: 'c1', fromSeq: 1, toSeq: 20_000, limit: 2 } as const;
      expect(await store.readMessages({ ...range, take: 'newest' })).toEqual([
        exampleMessage(9_999),
        exampleMessage(10_000),
      ]);
      expect(await store.readMessages({ ...range, limit: 20_000, take: 'oldest' })).toHaveLength(10_000);
    });
  });
}

/** For stores that can be made to fail. */
export function describeFaults(device: () => LocalStoreDevice): void {
  describe('faults', () => {
    test.for([0, 1, 2, 3, 4])('LS9 a batch that fails after %i writes changes nothing', async (writes) => {
      const store = await openFilled(device());
      device().failNextBatch?.(writes);
      await expect(store.write(upheaval)).rejects.toBeInstanceOf(Error);
      expect(await contents(store)).toEqual(before);
      await store.write(upheaval);
      expect(await contents(store)).toEqual(after);
    });

    test('LS9 a failed batch does not take the ones around it along', async () => {
      const store = await openFilled(device());
      device().failNextBatch?.(1);
      const outcomes = await Promise.allSettled([
        store.write([putDraft('c1', 'refused'), putDraft('c2', 'refused')]),
        store.write([putDraft('c2', 'kept')]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect((await contents(store)).drafts).toEqual(['c1 before', 'c2 kept']);
    });
  });
}
