import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageView, ThreadView } from '../api/views.ts';
import { Refusal } from '../connection/ask.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { Hole, StoredConversation } from '../ports/local-store.ts';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { ConversationSync } from '../sync/conversation-sync.ts';
import { choir, ines, membership, message, messageId, messages } from '../testing/example-entities.ts';
import { settled } from '../testing/hand-clock.ts';
import { fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { emptyWindow, extendWindow, replaceInWindow, windowMaxMessages } from './thread-window.ts';
import { Threads } from './threads.ts';

let account: TestAccount;
let threads: Threads;
let isConnected: boolean;
let pages: object[];

beforeEach(async () => {
  account = await testAccount();
  isConnected = true;
  pages = [];
  const { ask } = fakeAsk({
    pageMessages: () => {
      const page = pages.shift();
      if (page === undefined) throw new Refusal('not_connected');
      return page;
    },
  });
  const { context } = account;
  const outbox = new Outbox({
    context,
    ask,
    isConnected: () => false,
    placed: () => Promise.resolve(),
    changed: () => {},
  });
  const sync = new ConversationSync(context, ask, () => {});
  threads = new Threads({ context, sync, outbox, isConnected: () => isConnected, countsOf: () => undefined });
  context.memory.onCommitted((committed) => {
    threads.committed(committed);
    threads.publish(choir);
  });
  await account.keep('feed', membership(choir));
});

async function holds(toSeq: number, holes: Hole[] = [], about: Partial<StoredConversation> = {}): Promise<void> {
  await account.context.memory.transact((transaction) => {
    for (const one of messages(1, toSeq)) {
      if (!holes.some(({ fromSeq, toSeq: until }) => one.seq >= fromSeq && one.seq <= until))
        transaction.putMessage(choir, one);
    }
    transaction.put('conversations', choir, exampleConversation(choir, { rev: toSeq, seq: toSeq, holes, ...about }));
  });
}

function values<T>(collection: string): T[] {
  const { changes } = account.context.feed.snapshot();
  return changes.filter((change) => change.collection === collection).map(({ value }) => value as T);
}
const thread = () => values<ThreadView>('threads')[0];
function shown(): [number | undefined, number | undefined, number] {
  const seqs = values<MessageView>('messages')
    .flatMap(({ seq }) => seq ?? [])
    .toSorted((a, b) => a - b);
  return [seqs[0], seqs.at(-1), seqs.length];
}

describe('opening', () => {
  test('D9 shows the newest page where everything is read', async () => {
    await holds(200);
    await threads.open(choir);
    expect([shown(), thread()]).toEqual([
      [141, 200, 60],
      { conversationId: choir, state: 'ready', older: 'more', newer: 'none' },
    ]);
  });

  test('D9 shows the first unread message with what was before it', async () => {
    await holds(200, [], { unread: { readSeq: 100, count: 100 } });
    await threads.open(choir);
    expect(shown()).toEqual([76, 160, 85]);
    expect(thread()).toMatchObject({ dividerAfterSeq: 100, older: 'more', newer: 'more' });
  });

  test('D7 shows what waits below everything, only where the newest is on screen', async () => {
    await holds(200, [], { unread: { readSeq: 100, count: 100 } });
    const intent = { id: messageId(900), order: 1, operation: 'sendMessage', conversationId: choir, at: 0 } as const;
    await account.keep('outbox', { ...intent, body: { text: 'mine' } });
    await threads.open(choir);
    const waiting = () => values<MessageView>('messages').filter(({ delivery }) => delivery === 'waiting').length;
    expect(waiting()).toBe(0);
    await threads.jumpToNewest(choir);
    expect(waiting()).toBe(1);
  });

  test('over a line that breaks ends ready, with a gap, and not in loading for ever', async () => {
    await holds(200, [{ fromSeq: 1, toSeq: 199 }]);
    await expect(threads.open(choir).then(() => threads.lengthen(choir, 'older'))).rejects.toThrow('not_connected');
    isConnected = false;
    threads.publish(choir);
    expect(thread()).toMatchObject({ state: 'ready', older: 'gap', olderGapCount: 199 });
  });

  test('closing takes everything back', async () => {
    await holds(10);
    await threads.open(choir);
    threads.close(choir);
    threads.publish(choir);
    expect([values('threads'), values('messages'), values('members')]).toEqual([[], [], []]);
  });

  test('before anything is here shows what then comes, however far up it begins', async () => {
    isConnected = false;
    await threads.open(choir);
    await account.context.memory.transact((transaction) => {
      for (const one of messages(301, 303)) transaction.putMessage(choir, one);
      const holes = [{ fromSeq: 1, toSeq: 300 }];
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 303, seq: 303, holes }));
    });
    expect(shown()).toEqual([301, 303, 3]);
    expect(thread()).toMatchObject({ older: 'gap', olderGapCount: 300, newer: 'none' });
  });
});

describe('a window', () => {
  test('grows by a page at a time, and lets go of the far end beyond 400', async () => {
    await holds(1_000);
    await threads.open(choir);
    for (let times = 0; times < 7; times += 1) await threads.lengthen(choir, 'older');
    expect([shown(), thread()?.newer]).toEqual([[521, 920, 400], 'more']);
    await threads.lengthen(choir, 'newer');
    expect(shown()).toEqual([581, 980, 400]);
    await threads.jumpToNewest(choir);
    expect(shown()).toEqual([941, 1_000, 60]);
  });

  test('that reaches the newest goes on reaching it; another stays where it is', async () => {
    isConnected = false;
    await holds(10);
    await threads.open(choir);
    await account.context.memory.transact((transaction) => {
      transaction.putMessage(choir, message(11));
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 11, seq: 11 }));
    });
    expect(shown()).toEqual([1, 11, 11]);
    await account.context.memory.transact((transaction) => {
      transaction.putMessage(choir, message(13));
      const holes = [{ fromSeq: 12, toSeq: 12 }];
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 13, seq: 13, holes }));
    });
    expect([shown(), thread()?.newer]).toEqual([[1, 11, 11], 'gap']);
  });

  test('shows an edit at once', async () => {
    await holds(10);
    await threads.open(choir);
    await account.context.memory.transact((transaction) =>
      transaction.putMessage(choir, message(4, { rev: 20, text: 'edited' })),
    );
    expect(values<MessageView>('messages').find(({ seq }) => seq === 4)?.content).toEqual({
      kind: 'text',
      text: 'edited',
    });
  });

  test('D14 shows nothing of another history', async () => {
    await holds(10);
    await threads.open(choir);
    await account.context.memory.transact((transaction) => {
      transaction.forgetMessages(choir);
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 0, seq: 0 }));
    });
    expect(shown()).toEqual([undefined, undefined, 0]);
    await account.context.memory.transact((transaction) => {
      transaction.putMessage(choir, message(1, { text: 'anew' }));
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 1, seq: 1 }));
    });
    expect(shown()).toEqual([1, 1, 1]);
  });

  test('has no holes between its ends, whatever is put in', () => {
    let window = emptyWindow(1_000);
    window = extendWindow(window, messages(700, 999), 'older');
    window = extendWindow(window, messages(400, 699), 'older');
    expect([window.fromSeq, window.toSeq, window.messages.size]).toEqual([400, 799, windowMaxMessages]);
    expect(extendWindow(window, [], 'newer')).toBe(window);
    expect(replaceInWindow(window, [message(900)])).toBe(window);
  });
});

describe('a gap', () => {
  const holes = [{ fromSeq: 51, toSeq: 90 }];

  test('D5 is not passed without a line, and closed with one', async () => {
    await holds(100, holes);
    isConnected = false;
    await threads.open(choir);
    expect([shown(), thread()]).toMatchObject([[91, 100, 10], { older: 'gap', olderGapCount: 40 }]);
    await threads.lengthen(choir, 'older');
    expect(shown()).toEqual([91, 100, 10]);
    isConnected = true;
    pages = [{ atRev: 100, messages: messages(51, 90), hasMore: false }];
    await threads.lengthen(choir, 'older');
    expect([shown(), thread()?.older]).toEqual([[31, 100, 70], 'more']);
  });

  test('D5 that the server does not close is not jumped over', async () => {
    await holds(100, holes);
    await threads.open(choir);
    pages = Array.from({ length: 9 }, () => ({ atRev: 100, messages: messages(200, 201), hasMore: true }));
    await threads.lengthen(choir, 'older');
    expect([shown(), thread()?.older]).toEqual([[91, 100, 10], 'more']);
  });

  test('D16 of which nothing may be seen is passed without asking, also offline', async () => {
    const ranges = [
      { fromRev: 1, fromSeq: 1, untilRev: 50, untilSeq: 50 },
      { fromRev: 91, fromSeq: 91 },
    ];
    await account.keep('feed', membership(choir, { rev: 2, ranges }));
    await holds(100, holes);
    isConnected = false;
    await threads.open(choir);
    expect(thread()).toMatchObject({ older: 'more' });
    await threads.lengthen(choir, 'older');
    expect([shown(), thread()?.older]).toEqual([[1, 100, 60], 'none']);
  });
});

describe('jumping to a message', () => {
  test('moves there and rings it, every time anew', async () => {
    await holds(1_000);
    await threads.open(choir);
    await threads.jumpToMessage(choir, messageId(500));
    expect([shown(), thread()?.focus]).toEqual([[475, 559, 85], { messageId: messageId(500), nonce: 1 }]);
    await threads.jumpToMessage(choir, messageId(510));
    expect([shown(), thread()?.focus]).toEqual([[475, 559, 85], { messageId: messageId(510), nonce: 2 }]);
    await threads.jumpToMessage(choir, messageId(5_000));
    expect(thread()?.focus).toMatchObject({ nonce: 2 });
  });

  test('what is answered to is looked up where it lies outside, and kept as it changes', async () => {
    await holds(200);
    await account.context.memory.transact((transaction) => {
      transaction.putMessage(choir, message(199, { rev: 300, replyTo: messageId(3) }));
      transaction.putMessage(choir, message(198, { rev: 300, replyTo: messageId(4_000) }));
    });
    await threads.open(choir);
    await settled();
    const replyOf = (seq: number) => {
      const content = values<MessageView>('messages').find((one) => one.seq === seq)?.content;
      return content?.kind === 'text' ? content.replyTo : undefined;
    };
    expect(replyOf(199)).toEqual({ id: messageId(3), authorId: ines, text: 'text 3' });
    expect(replyOf(198)).toEqual({ id: messageId(4_000) });
    await account.context.memory.transact((transaction) => {
      transaction.putMessage(choir, message(3, { rev: 301, text: 'edited' }));
      transaction.put('conversations', choir, exampleConversation(choir, { rev: 301, seq: 200 }));
    });
    expect(replyOf(199)?.text).toBe('edited');
  });
});
