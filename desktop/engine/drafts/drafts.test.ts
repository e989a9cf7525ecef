import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { choir, orchestra } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { fakeAsk, type TestAccount, testAccount, testHost } from '../testing/test-account.ts';
import { Drafts } from './drafts.ts';

interface Put {
  input: { id: string; conversationId: string; text: string; baseVersion: number };
  kept: (version: number) => Promise<void>;
  conflict: (version: number, text: string) => Promise<void>;
  refuse: (error: unknown) => Promise<void>;
}

let account: TestAccount;
let drafts: Drafts;
let puts: Put[];
let replaced: string[];

beforeEach(async () => {
  puts = [];
  replaced = [];
  start(await testAccount());
});

function start(opened: TestAccount): void {
  account = opened;
  const { ask } = fakeAsk({
    putDraft: (input: Put['input']) =>
      new Promise((resolve, reject) => {
        puts.push({
          input,
          kept: (version) => (resolve({ outcome: 'kept', version }), settled()),
          conflict: (version, text) => (resolve({ outcome: 'conflict', version, text }), settled()),
          refuse: (error) => (reject(error as Error), settled()),
        });
      }),
  });
  drafts = new Drafts(account.context, ask, (conversationId) => replaced.push(conversationId));
}

const stored = (conversationId = choir) => account.context.memory.get('drafts', conversationId);
const advance = (ms: number) => account.host.clock.advance(ms);

/** As the feed brings it. */
async function heard(text: string | undefined, version: number): Promise<void> {
  await account.context.memory.transact((transaction) => {
    const entry = { kind: 'draft' as const, key: choir, rev: version, text: text ?? '' };
    transaction.put('feed', `draft:${choir}`, text === undefined ? null : entry);
  });
  await drafts.heard(choir);
}

describe('what is typed here', () => {
  test('D15 is kept within 250 ms, however fast somebody types', async () => {
    for (const text of ['h', 'ha', 'hal']) {
      drafts.set(choir, text);
      await advance(100);
    }
    expect(stored()?.text).toBe('hal');
    expect(drafts.textOf(choir)).toBe('hal');
  });

  test('D15 is told when the typing pauses, once', async () => {
    drafts.set(choir, 'half');
    await advance(1_400);
    drafts.set(choir, 'half a');
    await advance(1_499);
    expect(puts).toEqual([]);
    await advance(1);
    expect(puts.map(({ input }) => [input.text, input.baseVersion])).toEqual([['half a', 0]]);
    await puts[0]?.kept(7);
    expect(stored()).toEqual({ conversationId: choir, text: 'half a', baseVersion: 7, isDirty: false });
    await advance(60_000);
    expect(puts).toHaveLength(1);
  });

  test('D15 while it is told is told after it, over the new version', async () => {
    drafts.set(choir, 'one');
    await advance(1_500);
    drafts.set(choir, 'one two');
    await advance(250);
    await puts[0]?.kept(3);
    await advance(1_500);
    expect(puts[1]?.input).toMatchObject({ text: 'one two', baseVersion: 3 });
  });

  test('D15 is kept on closing, and nothing is scheduled after it', async () => {
    drafts.set(choir, 'here');
    drafts.set(orchestra, 'and there');
    await drafts.flush();
    expect([stored()?.text, stored(orchestra)?.text, account.host.clock.waiting]).toEqual(['here', 'and there', 0]);
  });

  test('D15 that could not be told is told when the line is back', async () => {
    drafts.set(choir, 'half');
    await advance(1_500);
    await puts[0]?.refuse(new Refusal('not_connected'));
    expect(stored()?.isDirty).toBe(true);
    drafts.tellAll();
    await settled();
    expect(puts[1]?.input.text).toBe('half');
  });

  test('D1 told again, after a restart too, it is the same intent until it is answered', async () => {
    drafts.set(choir, 'half');
    await advance(1_500);
    await puts[0]?.refuse(new Refusal('not_connected'));
    drafts.tellAll();
    await settled();
    await puts[1]?.refuse(new Refusal('not_connected'));
    start(await testAccount(testHost({ disk: account.host.store.disk })));
    drafts.tellAll();
    await settled();
    await puts[2]?.kept(3);
    expect(new Set(puts.map(({ input }) => input.id)).size).toBe(1);
    expect(stored()).toEqual({ conversationId: choir, text: 'half', baseVersion: 3, isDirty: false });
  });

  test('D1 other words, or the same after an answer, are another intent', async () => {
    for (const [index, text] of ['half', 'half a', 'half'].entries()) {
      drafts.set(choir, text);
      await advance(1_500);
      if (index > 0) await puts[index]?.kept(index);
      else await puts[index]?.refuse(new Refusal('not_connected'));
    }
    expect(new Set(puts.map(({ input }) => input.id)).size).toBe(3);
  });

  test('D7 and sent is gone in the same write, and told to be gone', async () => {
    drafts.set(choir, 'half');
    await advance(1_500);
    await puts[0]?.kept(4);
    drafts.set(choir, 'whole');
    const batches: number[] = [];
    account.host.store.decideWrites((batch) => {
      batches.push(batch.length);
      return 'kept';
    });
    await account.context.memory.transact((transaction) => {
      transaction.put('outbox', 'o', {
        id: 'o',
        order: 1,
        operation: 'sendMessage',
        conversationId: choir,
        body: {},
        at: 0,
      });
      drafts.sent(transaction, choir);
    });
    expect([batches, drafts.textOf(choir)]).toEqual([[2], '']);
    await advance(1_500);
    expect(puts[1]?.input).toMatchObject({ text: '', baseVersion: 4 });
    await heard(undefined, 5);
    await puts[1]?.kept(5);
    drafts.set(choir, 'next');
    await advance(1_500);
    expect(puts[2]?.input).toMatchObject({ text: 'next', baseVersion: 5 });
  });

  test('D15 over a deletion of which only the feed has told is told again over that', async () => {
    drafts.set(choir, 'anew');
    await advance(1_500);
    await puts[0]?.conflict(5, '');
    await advance(1_500);
    expect(puts[1]?.input).toMatchObject({ text: 'anew', baseVersion: 5 });
    expect([drafts.textOf(choir), replaced]).toEqual(['anew', []]);
  });
});

describe('what another device has left', () => {
  test('D15 replaces what is here when nothing is typed', async () => {
    await heard('from the train', 5);
    expect([drafts.textOf(choir), replaced]).toEqual(['from the train', [choir]]);
    await heard(undefined, 6);
    expect([drafts.textOf(choir), replaced]).toEqual(['', [choir, choir]]);
  });

  test('D15 is told once it is stored: what is shown then is the new text', async () => {
    const shown: string[] = [];
    drafts = new Drafts(account.context, fakeAsk({}).ask, (conversationId) =>
      shown.push(drafts.textOf(conversationId)),
    );
    await heard('from the train', 5);
    await heard('from the bus', 6);
    expect(shown).toEqual(['from the train', 'from the bus']);
  });

  test('D15 is not written over by who began to type while it was being stored', async () => {
    const store = account.context.memory;
    await store.transact((transaction) =>
      transaction.put('feed', `draft:${choir}`, { kind: 'draft', key: choir, rev: 5, text: 'theirs' }),
    );
    account.host.store.decideWrites(() => {
      account.host.store.decideWrites(() => 'kept');
      drafts.set(choir, 'x');
      return 'kept';
    });
    await drafts.heard(choir);
    await advance(1_500);
    expect(replaced).toEqual([]);
    expect(puts[0]?.input).toMatchObject({ text: 'x', baseVersion: 0 });
    await puts[0]?.conflict(5, 'theirs');
    expect([drafts.textOf(choir), replaced]).toEqual(['theirs\n\nx', [choir]]);
  });

  test('D15 is passed over while something is typed, or not told yet', async () => {
    drafts.set(choir, 'mine');
    await heard('theirs', 5);
    expect([drafts.textOf(choir), replaced]).toEqual(['mine', []]);
    await advance(250);
    await heard('theirs again', 6);
    expect([drafts.textOf(choir), replaced]).toEqual(['mine', []]);
  });

  test('D15 my own words coming back replace nothing', async () => {
    drafts.set(choir, 'mine');
    await advance(1_500);
    await heard('mine', 8);
    await puts[0]?.kept(8);
    await heard('mine', 8);
    expect([replaced, stored()?.baseVersion]).toEqual([[], 8]);
  });
});

describe('a conflict', () => {
  test.each([
    ['both stay', 'mine', 'theirs', 'theirs\n\nmine', true],
    ['one that holds the other stays', 'mine', 'mine and more', 'mine and more', false],
    ['one that holds the other stays, here', 'theirs and more', 'theirs', 'theirs and more', true],
    ['what is emptied there gives way', 'mine', '', 'mine', true],
  ])('D15 %s', async (_, mine, theirs, both, isDirty) => {
    drafts.set(choir, mine);
    await advance(1_500);
    await puts[0]?.conflict(9, theirs);
    expect(stored()).toEqual({ conversationId: choir, text: both, baseVersion: 9, isDirty });
    expect(replaced).toEqual(both === mine ? [] : [choir]);
    await advance(1_500);
    expect(puts.slice(1).map(({ input }) => [input.text, input.baseVersion])).toEqual(isDirty ? [[both, 9]] : []);
  });

  test('D15 while somebody types on loses neither: it is settled when they pause', async () => {
    drafts.set(choir, 'mine');
    await advance(1_500);
    drafts.set(choir, 'mine goes on');
    await puts[0]?.conflict(9, 'theirs');
    await advance(250);
    expect([drafts.textOf(choir), replaced]).toEqual(['mine goes on', []]);
    await advance(1_500);
    expect(puts[1]?.input).toMatchObject({ text: 'mine goes on', baseVersion: 0 });
    await puts[1]?.conflict(9, 'theirs');
    expect([drafts.textOf(choir), replaced]).toEqual(['theirs\n\nmine goes on', [choir]]);
  });
});

describe('told, and the answer got lost', () => {
  async function toldAndLost(text: string): Promise<void> {
    drafts.set(choir, text);
    await advance(1_500);
    await puts.at(-1)?.refuse(new Refusal('not_connected'));
  }

  async function send(): Promise<void> {
    await account.context.memory.transact((transaction) => drafts.sent(transaction, choir));
  }

  test('D15 what was sent since does not come back: the conflict is with my own words', async () => {
    await toldAndLost('see you at nine');
    await send();
    await advance(1_500);
    expect(puts[1]?.input).toMatchObject({ text: '', baseVersion: 0 });
    await puts[1]?.conflict(5, 'see you at nine');
    expect([drafts.textOf(choir), replaced]).toEqual(['', []]);
    await advance(1_500);
    expect(puts[2]?.input).toMatchObject({ text: '', baseVersion: 5 });
    await puts[2]?.kept(0);
    expect(stored()).toEqual({ conversationId: choir, text: '', baseVersion: 0, isDirty: false });
  });

  test('D15 deleted words stay deleted, after a restart and however many were told', async () => {
    await toldAndLost('one two three');
    await toldAndLost('one two');
    await account.store.close();
    account = await testAccount(account.host);
    const { ask, asked } = fakeAsk({
      putDraft: ({ baseVersion }: Put['input']) =>
        baseVersion === 5
          ? { outcome: 'kept', version: 6 }
          : { outcome: 'conflict', version: 5, text: 'one two three' },
    });
    drafts = new Drafts(account.context, ask, (conversationId) => replaced.push(conversationId));
    drafts.tellAll();
    await advance(1_500);
    expect([drafts.textOf(choir), replaced, asked.length]).toEqual(['one two', [], 2]);
  });

  test('D15 my own words in the feed are what the next ones stand on', async () => {
    await toldAndLost('half');
    drafts.set(choir, '');
    await advance(250);
    await heard('half', 5);
    await advance(1_500);
    expect([replaced, puts[1]?.input]).toMatchObject([[], { text: '', baseVersion: 5 }]);
  });

  test("D15 another device's words are none of mine, and stay", async () => {
    await toldAndLost('half');
    await send();
    await advance(1_500);
    await puts[1]?.conflict(6, 'half of theirs');
    expect([drafts.textOf(choir), replaced]).toEqual(['half of theirs', [choir]]);
  });

  test('D15 what another device made of it while the answer was on its way is shown after it', async () => {
    drafts.set(choir, 'mine');
    await advance(1_500);
    const about = account.context.memory.get('account', 'account');
    if (about !== undefined) await account.keep('account', { ...about, feedRev: 6 });
    await heard('mine and theirs', 6);
    await puts[0]?.kept(5);
    expect([drafts.textOf(choir), replaced]).toEqual(['mine and theirs', [choir]]);
  });
});
