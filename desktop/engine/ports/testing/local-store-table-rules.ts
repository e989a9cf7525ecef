import { describe, expect, test } from 'vitest';
import type { LocalTable, LocalTables, LocalWrite } from '../local-store.ts';
import {
  exampleAccount,
  exampleConversation,
  exampleDraft,
  exampleIntent,
  exampleMessage,
  exampleProfile,
  putDraft,
} from './example-records.ts';
import type { LocalStoreDevice } from './local-store-harness.ts';

/** One record of every table, as full as it gets. */
const examples: { [T in LocalTable]: { key: LocalTables[T]['key']; value: LocalTables[T]['value'] } } = {
  account: { key: 'account', value: exampleAccount() },
  feed: { key: 'draft:c1', value: { kind: 'draft', key: 'c1', rev: 3, text: 'On my way' } },
  conversations: {
    key: 'c1',
    value: exampleConversation('c1', {
      holes: [
        { fromSeq: 1, toSeq: 4 },
        { fromSeq: 9, toSeq: 9 },
      ],
      backfill: { afterRev: 1, throughRev: 8, throughSeq: 7 },
      info: { kind: 'group', title: 'Compilers', history: 'everything', createdAt: 1_700_000_000_000, rev: 1 },
      members: [{ userId: 'u1', role: 'owner', state: 'in', rev: 1 }],
      markers: [{ userId: 'u1', delivered: 4, read: 3 }],
      lastMessage: exampleMessage(12, { replyTo: 'm3' }),
    }),
  },
  profiles: { key: 'u1', value: exampleProfile('u1') },
  drafts: { key: 'c1', value: exampleDraft('c1', 'half a sen') },
  markers: { key: 'c1', value: { conversationId: 'c1', delivered: 12, read: 9 } },
  outbox: { key: 'i1', value: exampleIntent('i1', { refusal: 'not_a_member' }) },
};
const tables = Object.keys(examples) as LocalTable[];

export function describeTables(device: () => LocalStoreDevice): void {
  describe('tables', () => {
    test.each(tables)('LS1 %s gives back what was put in', async (table) => {
      const store = await device().port().open('a');
      const { key, value } = examples[table];
      await store.write([{ table, key, value } as LocalWrite]);
      expect(await store.readAll(table)).toEqual([value]);
    });

    test('LS1 what nobody wrote is empty', async () => {
      const store = await device().port().open('a');
      expect(await Promise.all(tables.map((table) => store.readAll(table)))).toEqual(tables.map(() => []));
    });

    test('LS2 a key holds one value, the last', async () => {
      const store = await device().port().open('a');
      await store.write([putDraft('c1', 'first'), putDraft('c2', 'other')]);
      await store.write([putDraft('c1', 'second')]);
      const texts = (await store.readAll('drafts')).map(({ text }) => text);
      expect(texts.toSorted()).toEqual(['other', 'second']);
    });

    test('LS2 null takes a record away, also one that is not there', async () => {
      const store = await device().port().open('a');
      await store.write([putDraft('c1', 'words')]);
      await store.write([
        { table: 'drafts', key: 'c1', value: null },
        { table: 'drafts', key: 'c2', value: null },
      ]);
      expect(await store.readAll('drafts')).toEqual([]);
    });

    test('LS2 any string is a key', async () => {
      const store = await device().port().open('a');
      const keys = ['', ' ', 'a/b', 'a|b', '__proto__', 'constructor', 'Ünï\u0000cödé', '🦜', 'é', 'e\u0301'];
      await store.write(keys.map((key) => putDraft(key, `for ${key}`)));
      const texts = (await store.readAll('drafts')).map(({ text }) => text);
      expect(texts.toSorted()).toEqual(keys.map((key) => `for ${key}`).toSorted());
    });

    test('LS3 what is handed in is copied at once', async () => {
      const store = await device().port().open('a');
      const value = exampleConversation('c1');
      const batch: LocalWrite[] = [{ table: 'conversations', key: 'c1', value }];
      const written = store.write(batch);
      value.rev = 99;
      value.holes.push({ fromSeq: 1, toSeq: 1 });
      batch.push(putDraft('c1', 'too late'));
      await written;
      expect(await store.readAll('conversations')).toEqual([exampleConversation('c1')]);
      expect(await store.readAll('drafts')).toEqual([]);
    });

    test('LS3 what is handed out is a copy', async () => {
      const store = await device().port().open('a');
      await store.write([{ table: 'conversations', key: 'c1', value: exampleConversation('c1') }]);
      const [first] = await store.readAll('conversations');
      first?.holes.push({ fromSeq: 1, toSeq: 1 });
      expect(await store.readAll('conversations')).toEqual([exampleConversation('c1')]);
    });
  });
}
