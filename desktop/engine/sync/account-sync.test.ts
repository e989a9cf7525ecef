import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { choir, exampleId, ines, membership, noor, orchestra } from '../testing/example-entities.ts';
import { type FakeAsk, fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { AccountSync } from './account-sync.ts';

let account: TestAccount;

function contact(userId: string, rev: number, alias?: string): FeedEntry {
  const directConversationId = exampleId(9, 1);
  return { kind: 'contact', key: userId, rev, email: 'a@example.org', directConversationId, ...(alias && { alias }) };
}

function syncWith(pages: object[]): { sync: AccountSync; server: FakeAsk } {
  const server = fakeAsk({ syncAccount: () => pages.shift() ?? { entries: [], rev: 0, more: false, reset: false } });
  return { sync: new AccountSync(account.context, server.ask), server };
}

function push(sync: AccountSync, afterRev: number, rev: number, ...entries: FeedEntry[]) {
  return account.context.memory.transact((transaction) => sync.apply(transaction, { afterRev, rev, entries }));
}

function keys() {
  return [...account.context.memory.all('feed')].map(({ kind, key }) => `${kind}:${key}`).toSorted();
}

beforeEach(async () => {
  account = await testAccount();
});

describe('pushes', () => {
  test('D15 the next one is laid on, an older one dropped, one beyond is a gap', async () => {
    const { sync } = syncWith([]);
    expect(await push(sync, 0, 1, contact(ines, 1, 'first'))).toBe(true);
    expect(await push(sync, 0, 1, contact(ines, 1, 'again'))).toBe(true);
    expect(await push(sync, 2, 3, contact(noor, 3))).toBe(false);
    expect(sync.rev).toBe(1);
    expect(account.context.memory.get('feed', `contact:${ines}`)).toMatchObject({ alias: 'first' });
  });

  test('D15 a tombstone takes the record away, an older one does not', async () => {
    const { sync } = syncWith([]);
    await push(sync, 0, 5, contact(ines, 5));
    await push(sync, 5, 6, { kind: 'tombstone', of: 'contact', key: ines, rev: 4 });
    expect(keys()).toEqual([`contact:${ines}`]);
    await push(sync, 6, 7, { kind: 'tombstone', of: 'contact', key: ines, rev: 7 });
    expect(keys()).toEqual([]);
  });
});

describe('fetching', () => {
  test('D15 pages are asked from the cursor on until there are no more', async () => {
    const { sync, server } = syncWith([
      { entries: [membership(choir)], rev: 3, more: true, reset: false },
      { entries: [membership(orchestra)], rev: 5, more: false, reset: false },
    ]);
    await sync.fetch();
    expect(server.asked.map(({ input }) => input)).toEqual([{ rev: 0 }, { rev: 3 }]);
    expect([sync.rev, keys().length]).toEqual([5, 2]);
  });

  test('D4 a page that comes after a push it does not know does not turn the cursor back', async () => {
    let answer: (page: object) => void = () => {};
    const server = fakeAsk({ syncAccount: () => new Promise((resolve) => (answer = resolve)) });
    const sync = new AccountSync(account.context, server.ask);
    const fetched = sync.fetch();
    await push(sync, 0, 2, contact(ines, 2));
    answer({ entries: [], rev: 1, more: false, reset: false });
    await fetched;
    expect(sync.rev).toBe(2);
  });

  test('D15 fetching while it runs is looking once more, not twice at once', async () => {
    const { sync, server } = syncWith([]);
    await Promise.all([sync.fetch(), sync.fetch(), sync.fetch()]);
    expect(server.asked).toHaveLength(2);
  });

  test('D15 pages that never get anywhere are given up', async () => {
    const server = fakeAsk({ syncAccount: () => ({ entries: [], rev: 0, more: true, reset: false }) });
    await expect(new AccountSync(account.context, server.ask).fetch()).rejects.toThrow(Refusal);
    expect(server.asked).toHaveLength(1);
  });
});

describe('a reset', () => {
  const draft = (rev: number): FeedEntry => ({ kind: 'draft', key: choir, rev, text: 'half' });

  /** Only its first page says that it is one. */
  const pages = () => [
    { entries: [contact(ines, 2)], rev: 2, more: true, reset: true },
    { entries: [contact(noor, 4)], rev: 4, more: true, reset: false },
    { entries: [membership(choir, { rev: 6 })], rev: 6, more: false, reset: false },
  ];

  test('D15 over several pages is asked on from where each ended, and what no page has is gone', async () => {
    await account.keep('feed', membership(orchestra, { rev: 90 }), contact(ines, 90, 'from before'));
    await account.context.memory.transact((transaction) => {
      const kept = transaction.get('account', 'account');
      if (kept !== undefined) transaction.put('account', 'account', { ...kept, feedRev: 90 });
    });
    const { sync, server } = syncWith(pages());
    await sync.fetch();
    expect(server.asked.map(({ input }) => input)).toEqual([
      { rev: 90 },
      { rev: 90, resetFrom: 2 },
      { rev: 90, resetFrom: 4 },
    ]);
    expect(keys()).toEqual([`contact:${ines}`, `contact:${noor}`, `membership:${choir}`].toSorted());
    expect(account.context.memory.get('feed', `contact:${ines}`)).not.toHaveProperty('alias');
    expect(sync.rev).toBe(6);
  });

  test('D15 that breaks off in between leaves the old cursor, and nothing is gone yet', async () => {
    await account.keep('feed', membership(orchestra, { rev: 90 }));
    const [first] = pages();
    const server = fakeAsk({
      syncAccount: (input: { resetFrom?: number }) => {
        if (input.resetFrom !== undefined) throw new Refusal('not_connected');
        return first;
      },
    });
    const sync = new AccountSync(account.context, server.ask);
    await expect(sync.fetch()).rejects.toThrow('not_connected');
    expect([sync.rev, keys()]).toEqual([0, [`contact:${ines}`, `membership:${orchestra}`].toSorted()]);
  });

  test('D15 keeps what was typed, to be told again', async () => {
    await account.keep('feed', draft(3));
    await account.keep('drafts', { conversationId: choir, text: 'half', baseVersion: 3, isDirty: false });
    const { sync } = syncWith([{ entries: [], rev: 9, more: false, reset: true }]);
    await sync.fetch();
    expect(account.context.memory.get('drafts', choir)).toMatchObject({ text: 'half', baseVersion: 0, isDirty: true });
  });
});
