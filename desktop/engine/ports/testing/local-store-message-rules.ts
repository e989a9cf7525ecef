import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import { describe, expect, test } from 'vitest';
import type { LocalStore } from '../local-store.ts';
import { exampleMessage, forgetMessages, putMessage } from './example-records.ts';
import type { LocalStoreDevice } from './local-store-harness.ts';

const everything = { fromSeq: 1, toSeq: Number.MAX_SAFE_INTEGER, limit: 100_000, take: 'oldest' } as const;

async function seqsIn(store: LocalStore, conversationId: string, range = {}): Promise<number[]> {
  const messages = await store.readMessages({ ...everything, conversationId, ...range });
  return messages.map(({ seq }) => seq);
}

export function describeMessages(device: () => LocalStoreDevice): void {
  describe('messages', () => {
    async function openWith(conversationId: string, seqs: number[]): Promise<LocalStore> {
      const store = await device().port().open('a');
      await store.write(seqs.map((seq) => putMessage(conversationId, seq)));
      return store;
    }

    test.each([
      ['everything', {}, [2, 3, 5, 8, 13]],
      ['from its first to its last, both inside', { fromSeq: 3, toSeq: 8 }, [3, 5, 8]],
      ['the oldest', { limit: 2 }, [2, 3]],
      ['the newest', { limit: 2, take: 'newest' }, [8, 13]],
      ['the newest of a range', { fromSeq: 1, toSeq: 8, limit: 2, take: 'newest' }, [5, 8]],
      ['the oldest of a range', { fromSeq: 4, limit: 2 }, [5, 8]],
      ['one', { fromSeq: 5, toSeq: 5 }, [5]],
      ['none where none is held', { fromSeq: 9, toSeq: 12 }, []],
      ['none where the range is turned around', { fromSeq: 8, toSeq: 3 }, []],
      ['none where none is asked for', { limit: 0 }, []],
      ['none of the newest where none is asked for', { limit: 0, take: 'newest' }, []],
    ])('LS4 a range gives %s, in the order of seq', async (_, range, seqs) => {
      const store = await openWith('c1', [5, 13, 2, 8, 3]);
      expect(await seqsIn(store, 'c1', range)).toEqual(seqs);
    });

    test('LS4 seqs are ordered as numbers', async () => {
      const store = await openWith('c1', [1_000, 9, 100, 10]);
      expect(await seqsIn(store, 'c1')).toEqual([9, 10, 100, 1_000]);
    });

    test('LS4 every kind of message comes back whole', async () => {
      const store = await device().port().open('a');
      const origin = { at: 1_700_000_000_000, authorId: 'u1' };
      const messages: ReceivedMessage[] = [
        exampleMessage(1, { replyTo: 'm9', text: 'שלום 🦜 \u0000 \ud800' }),
        { id: 'm2', seq: 2, rev: 2, ...origin, kind: 'system', event: { type: 'members-added', userIds: ['u2'] } },
        { id: 'm3', seq: 3, rev: 3, kind: 'stub' },
        { id: 'm4', seq: 4, rev: 9, ...origin, kind: 'scrubbed' },
        { id: 'm5', seq: 5, rev: 5, kind: 'unknown' },
      ];
      await store.write(messages.map((message) => ({ table: 'messages', conversationId: 'c1', message })));
      expect(await store.readMessages({ ...everything, conversationId: 'c1' })).toEqual(messages);
    });

    test('LS5 a place holds one message, the last', async () => {
      const store = await openWith('c1', [1, 2]);
      await store.write([putMessage('c1', 2, { id: 'other', rev: 7, text: 'edited' })]);
      const held = await store.readMessages({ ...everything, conversationId: 'c1' });
      expect(held).toEqual([exampleMessage(1), exampleMessage(2, { id: 'other', rev: 7, text: 'edited' })]);
      expect(await store.findMessages('c1', ['m2'])).toEqual([]);
      expect(await store.findMessages('c1', ['other'])).toHaveLength(1);
    });

    test('LS6 messages are found by id, each once, in their conversation only', async () => {
      const store = await openWith('c1', [1, 2, 3]);
      await store.write([putMessage('c2', 1, { id: 'elsewhere' })]);
      const found = await store.findMessages('c1', ['m3', 'm1', 'm1', 'missing', 'elsewhere']);
      expect(found.map(({ id }) => id).toSorted()).toEqual(['m1', 'm3']);
      expect(await store.findMessages('c1', [])).toEqual([]);
    });

    test('LS7 forgetting takes one conversation, and later writes stay', async () => {
      const store = await openWith('c1', [1, 2]);
      await store.write([putMessage('c10', 1), putMessage('c', 1)]);
      await store.write([forgetMessages('c1'), putMessage('c1', 9), forgetMessages('nobody')]);
      expect(await seqsIn(store, 'c1')).toEqual([9]);
      expect(await seqsIn(store, 'c10')).toEqual([1]);
      expect(await seqsIn(store, 'c')).toEqual([1]);
      expect(await store.findMessages('c1', ['m1', 'm2'])).toEqual([]);
    });

    test('LS3 messages are copied on their way in and out', async () => {
      const store = await device().port().open('a');
      const message = exampleMessage(1);
      const written = store.write([{ table: 'messages', conversationId: 'c1', message }]);
      message.text = 'changed by its owner';
      await written;
      const [held] = await store.findMessages('c1', ['m1']);
      if (held?.kind === 'text') held.text = 'changed by a reader';
      expect(await store.findMessages('c1', ['m1'])).toEqual([exampleMessage(1)]);
    });
  });
}
