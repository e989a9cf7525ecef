import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { LocalStore, LocalTable, LocalWrite } from '../../../engine/ports/local-store.ts';
import {
  exampleAccount,
  exampleConversation,
  exampleIntent,
  exampleProfile,
  putDraft,
  putMessage,
} from '../../../engine/ports/testing/example-records.ts';
import { flipBit, putRaw, type RawRecord, readRaw } from './testing/raw-databases.ts';
import { openTestPort } from './testing/test-port.ts';

const everything: LocalWrite[] = [
  { table: 'account', key: 'account', value: exampleAccount({ feedRev: 7 }) },
  { table: 'feed', key: 'draft:c1', value: { kind: 'draft', key: 'c1', rev: 1, text: 'words' } },
  { table: 'feed', key: 'draft:c2', value: { kind: 'draft', key: 'c2', rev: 2, text: 'words' } },
  { table: 'conversations', key: 'c1', value: exampleConversation('c1', { rev: 2, seq: 2 }) },
  { table: 'conversations', key: 'c2', value: exampleConversation('c2') },
  { table: 'profiles', key: 'u1', value: exampleProfile('u1') },
  putDraft('c1', 'words'),
  { table: 'markers', key: 'c1', value: { conversationId: 'c1', delivered: 2, read: 2 } },
  { table: 'outbox', key: 'i1', value: exampleIntent('i1') },
  { table: 'outbox', key: 'i2', value: exampleIntent('i2') },
  putMessage('c1', 1),
  putMessage('c1', 2),
  putMessage('c2', 1),
];
const whole = {
  account: 1,
  feed: 2,
  conversations: 2,
  profiles: 1,
  drafts: 1,
  markers: 1,
  outbox: 2,
  c1: 2,
  c2: 1,
  feedRev: 7,
};

async function contents(store: LocalStore) {
  const range = { fromSeq: 1, toSeq: 100, limit: 100, take: 'oldest' } as const;
  const counted: Record<string, number | undefined> = {};
  for (const table of ['account', 'feed', 'conversations', 'profiles', 'drafts', 'markers', 'outbox'] as const) {
    counted[table] = (await store.readAll(table)).length;
  }
  for (const conversationId of ['c1', 'c2']) {
    counted[conversationId] = (await store.readMessages({ ...range, conversationId })).length;
  }
  counted['feedRev'] = (await store.readAll('account'))[0]?.feedRev;
  return counted;
}

/** A device with everything in it, and one record as it lies on its disk. */
async function deviceWith(store: string, isWanted: (key: IDBValidKey) => boolean = () => true) {
  const device = openTestPort();
  const held = await device.port().open('a');
  await held.write(everything);
  const records = await readRaw(device.prefix);
  const record = records.find((one) => one.store === store && isWanted(one.key)) as RawRecord;
  return { device, held, record };
}

test.each<[LocalTable, Partial<typeof whole>]>([
  ['account', { account: 0, feedRev: undefined as never }],
  ['feed', { feed: 1, feedRev: 0 }],
  ['conversations', { conversations: 1, c1: 0 }],
  ['profiles', { profiles: 0 }],
  ['drafts', { drafts: 0 }],
  ['markers', { markers: 0 }],
  ['outbox', { outbox: 1 }],
])('D4 a damaged record of %s is reported and taken away with the cursors that count on it', async (table, rest) => {
  const { device, record } = await deviceWith(table);
  await flipBit(record);
  await device.restart();
  expect(await contents(await device.port().open('a'))).toEqual({ ...whole, ...rest });
  expect(device.logged).toEqual([`local_records_damaged ${JSON.stringify({ table, count: 1 })}`]);
  await device.restart();
  await device.port().open('a');
  expect(device.logged).toHaveLength(1);
});

test('D4 account and feed damaged together bring no cursor back', async () => {
  const { device, record } = await deviceWith('account');
  await flipBit(record);
  const feed = (await readRaw(device.prefix)).find(({ store }) => store === 'feed') as RawRecord;
  await flipBit(feed);
  await device.restart();
  const store = await device.port().open('a');
  expect(await contents(store)).toEqual({ ...whole, account: 0, feed: 1, feedRev: undefined });
});

test.each([
  [
    'a range',
    (store: LocalStore) => store.readMessages({ conversationId: 'c1', fromSeq: 1, toSeq: 9, limit: 9, take: 'newest' }),
  ],
  ['ids', (store: LocalStore) => store.findMessages('c1', ['m1', 'm2'])],
])(
  'D4 a damaged message is never just missing: reading %s fails, and the next start fetches the conversation anew',
  async (_, read) => {
    const { device, held, record } = await deviceWith('messages');
    await flipBit(record);
    await expect(read(held)).rejects.toThrow('damaged');
    expect(device.complaints()).toBe(1);
    // What the engine still knows must not bring the cursor back.
    await held.write([{ table: 'conversations', key: 'c1', value: exampleConversation('c1', { rev: 9, seq: 9 }) }]);
    await held.close();
    expect(await contents(await device.port().open('a'))).toEqual({ ...whole, conversations: 1, c1: 0 });
    expect(device.logged).toEqual([
      'local_store_unusable {"reason":"damaged"}',
      'local_conversations_forgotten {"count":1}',
    ]);
  },
);

test('D4 a damaged message leaves other conversations alone', async () => {
  const { held, record } = await deviceWith('messages');
  await flipBit(record);
  const range = { fromSeq: 1, toSeq: 9, limit: 9, take: 'newest' } as const;
  expect(await held.readMessages({ ...range, conversationId: 'c2' })).toHaveLength(1);
});

test.each(['seq', 'id', 'conversationId'])('D4 a message put elsewhere by its %s does not open', async (field) => {
  const { held, record } = await deviceWith('messages');
  const elsewhere = { seq: 3, id: 'm9', conversationId: 'c1' };
  const moved = { ...(record.value as object), [field]: elsewhere[field as 'seq'] };
  if (field === 'conversationId') Object.assign(moved, { conversationId: 'c2', seq: 7 });
  await putRaw({ ...record, value: moved });
  const conversationId = field === 'conversationId' ? 'c2' : 'c1';
  const range = { conversationId, fromSeq: 1, toSeq: 9, limit: 9, take: 'oldest' } as const;
  await expect(held.readMessages(range)).rejects.toThrow('damaged');
});

test('D4 records that a lost key left behind are not taken for this one', async () => {
  const { device } = await deviceWith('drafts');
  const { deleteDB } = await import('idb');
  await deleteDB(`${device.prefix}-keys`);
  await device.restart();
  const empty = Object.fromEntries(Object.keys(whole).map((name) => [name, name === 'feedRev' ? undefined : 0]));
  expect(await contents(await device.port().open('a'))).toEqual(empty);
});

test('D7 whoever opened the store before can no longer write', async () => {
  const device = openTestPort();
  const stale = await device.port().open('a');
  await stale.write([putDraft('c1', 'before')]);
  await device.restart();
  const current = await device.port().open('a');
  await current.write([putDraft('c1', 'current')]);
  await expect(stale.write([putDraft('c1', 'stale')])).rejects.toThrow('opened elsewhere');
  expect((await current.readAll('drafts')).map(({ text }) => text)).toEqual(['current']);
  expect(device.logged).toEqual(['local_store_unusable {"reason":"taken"}']);
  expect(device.complaints()).toBe(1);
});
