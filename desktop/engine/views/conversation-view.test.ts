import type { Member } from '@parley/shared/contract/entities/conversation.ts';
import type { SystemMessage } from '@parley/shared/contract/entities/message.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { Drafts } from '../drafts/drafts.ts';
import { Outbox } from '../outbox/outbox.ts';
import { People } from '../people/people.ts';
import type { StoredIntent } from '../ports/local-store.ts';
import { exampleConversation } from '../ports/testing/example-records.ts';
import { choir, exampleId, ines, me, membership, message, messageId, noor } from '../testing/example-entities.ts';
import { fakeAsk, type TestAccount, testAccount } from '../testing/test-account.ts';
import { viewConversation, type ViewSources } from './conversation-view.ts';
import { reachOf, viewMessage } from './message-view.ts';

let account: TestAccount;
let sources: ViewSources;
let opened: string[];
let counts: ViewSources['countsOf'] extends (id: string) => infer C ? C : never;

const member = (userId: string, state: Member['state'] = 'in'): Member => ({ userId, state, role: 'member', rev: 1 });
const marker = (userId: string, delivered: number, read: number) => ({ userId, delivered, read });
const view = () => viewConversation(sources, choir);

beforeEach(async () => {
  account = await testAccount();
  opened = [];
  counts = undefined;
  const { context } = account;
  const { ask } = fakeAsk({});
  sources = {
    context,
    outbox: new Outbox({ context, ask, isConnected: () => false, placed: () => Promise.resolve(), changed: () => {} }),
    drafts: new Drafts(context, ask, () => {}),
    people: new People(context, ask, () => false),
    countsOf: () => counts,
    isOpened: (conversationId) => opened.includes(conversationId),
  };
});

function intent(number: number, about: Partial<StoredIntent> = {}): StoredIntent {
  const id = messageId(number);
  const body = { id, conversationId: choir, text: `waiting ${number}` };
  return { id, order: number, operation: 'sendMessage', conversationId: choir, body, at: 50, ...about };
}

describe('how far an own message has come', () => {
  const deliveryOf = (
    seq: number,
    markers: ReturnType<typeof marker>[],
    members = [me, ines, noor].map((id) => member(id)),
  ) => {
    const reach = reachOf(exampleConversation(choir, { members, markers }), me);
    const own = message(seq, { authorId: me });
    return viewMessage(own, { conversationId: choir, userId: me, reach, find: () => undefined }).delivery;
  };

  test.each([
    ['sent', [marker(ines, 9, 9)]],
    ['sent', [marker(ines, 9, 9), marker(noor, 4, 4)]],
    ['delivered', [marker(ines, 9, 9), marker(noor, 5, 4)]],
    ['read', [marker(ines, 9, 9), marker(noor, 5, 5)]],
    ['sent', [marker(me, 9, 9)]],
  ])('D9 %s: as far as the slowest of the others', (delivery, markers) => {
    expect(deliveryOf(5, markers)).toBe(delivery);
  });

  test('D9 D16 somebody who joins later, or again, takes no tick back; they are waited for with what comes then', () => {
    const members = [member(me), member(ines), { ...member(noor), rev: 7 }];
    const markers = [marker(ines, 9, 9)];
    expect([deliveryOf(5, markers, members), deliveryOf(8, markers, members)]).toEqual(['read', 'sent']);
    const again = [...markers, marker(noor, 2, 2)];
    expect([deliveryOf(5, again, members), deliveryOf(8, again, members)]).toEqual(['read', 'sent']);
  });

  test('D9 somebody who has become the owner since is waited for as before', () => {
    const members = [member(me), { ...member(ines), role: 'owner' as const, rev: 7 }];
    expect(deliveryOf(5, [marker(ines, 4, 4)], members)).toBe('sent');
  });

  test('D9 who is out does not count, and nobody else there is nobody who has read it', () => {
    expect(deliveryOf(5, [marker(ines, 9, 9)], [member(me), member(ines), member(noor, 'left')])).toBe('read');
    expect(deliveryOf(5, [], [member(me), member(ines, 'removed')])).toBe('sent');
  });

  test('D9 above 50 members nothing is said', () => {
    const crowd = (size: number) => [
      member(me),
      ...Array.from({ length: size - 1 }, (_, index) => member(exampleId(8, index))),
    ];
    const markersOf = (members: Member[]) => members.map(({ userId }) => marker(userId, 9, 9));
    expect(deliveryOf(5, markersOf(crowd(50)), crowd(50))).toBe('read');
    expect(deliveryOf(5, markersOf(crowd(51)), crowd(51))).toBe('sent');
  });
});

describe('in a large group', () => {
  const members = [me, ...Array.from({ length: 60 }, (_, index) => exampleId(8, index))].map((id) => member(id));
  const large = exampleConversation(choir, { members, lastMessage: message(5, { authorId: me }), seq: 5, rev: 5 });

  test.each([
    ['sent', { delivered: 59, read: 59, others: 60 }],
    ['delivered', { delivered: 60, read: 59, others: 60 }],
    ['read', { delivered: 60, read: 60, others: 60 }],
    ['sent', { delivered: 0, read: 0, others: 0 }],
  ])('D9 %s: as the server has counted', async (delivery, count) => {
    await account.keep('feed', membership(choir));
    await account.keep('conversations', large);
    counts = new Map([[5, count]]);
    expect(view()?.lastMessage?.delivery).toBe(delivery);
  });
});

describe('a conversation', () => {
  const direct = exampleConversation(choir, {
    info: { kind: 'direct', history: 'everything', createdAt: 7, rev: 1 },
    members: [member(me), member(ines)],
    unread: { readSeq: 3, count: 2 },
    lastMessage: message(5),
  });

  test('D15 with a person is called by my own name for them, else by the one they chose', async () => {
    await account.keep('feed', membership(choir));
    await account.keep('conversations', direct);
    await account.keep('profiles', { userId: ines, name: 'Ines', version: 1 });
    expect(view()).toMatchObject({ kind: 'direct', title: 'Ines', peerId: ines, unread: 2, readSeq: 3, state: 'in' });
    const contact = {
      kind: 'contact',
      key: ines,
      rev: 2,
      email: 'i@example.org',
      directConversationId: choir,
    } as const;
    await account.keep('feed', { ...contact, alias: 'Conductor' });
    expect(view()?.title).toBe('Conductor');
  });

  test('D16 says who removed me, and lets me write no more', async () => {
    const removal: SystemMessage = {
      ...message(6),
      kind: 'system',
      event: { type: 'member-removed', userId: me },
    };
    await account.keep('feed', membership(choir, { state: 'removed', role: 'owner' }));
    const info = { kind: 'group', title: 'Choir', history: 'everything', createdAt: 7, rev: 1 } as const;
    await account.keep('conversations', exampleConversation(choir, { info, lastMessage: removal }));
    expect(view()).toMatchObject({
      state: 'removed',
      removedBy: ines,
      canWrite: false,
      isOwner: false,
      title: 'Choir',
    });
    await account.keep('feed', membership(choir, { rev: 2, state: 'left' }));
    expect(view()).not.toHaveProperty('removedBy');
  });

  test('D8 what waits lies over what is known', async () => {
    await account.keep('feed', membership(choir));
    await account.keep('conversations', { ...direct, lastMessage: message(5, { at: 40 }) });
    await account.keep('outbox', intent(1), intent(2));
    expect(view()?.lastMessage).toMatchObject({ id: messageId(2), delivery: 'waiting', isMine: true });
    await account.keep('outbox', intent(2, { refusal: 'not_a_member' }));
    expect(view()?.lastMessage).toMatchObject({ id: messageId(1), delivery: 'waiting' });
    await account.keep('outbox', intent(1, { refusal: 'not_a_member' }));
    expect(view()?.lastMessage).toMatchObject({ delivery: 'failed', failure: 'not_a_member' });
  });

  test('D8 what was refused is not the last that was said once something came after it, and does not go unmarked', async () => {
    await account.keep('feed', membership(choir));
    await account.keep('conversations', { ...direct, lastMessage: message(5, { at: 60 }) });
    await account.keep('outbox', intent(1, { refusal: 'not_a_member' }));
    expect(view()).toMatchObject({ lastMessage: { seq: 5 }, activeAt: 60, hasNotSent: true });
    await account.keep('outbox', intent(1));
    expect(view()).toMatchObject({ lastMessage: { delivery: 'waiting' }, hasNotSent: false });
  });
});

describe('a conversation that only this device knows', () => {
  const creation = (about: Partial<StoredIntent> = {}) =>
    intent(1, { operation: 'createGroup', body: { title: 'Choir', memberIds: [ines, noor] }, ...about });

  test('D7 a group on its way is there at once', async () => {
    await account.keep('outbox', creation());
    expect(view()).toMatchObject({
      kind: 'group',
      title: 'Choir',
      state: 'new',
      memberCount: 3,
      canWrite: true,
      activeAt: 50,
    });
    expect(view()).not.toHaveProperty('failure');
  });

  test('D7 one that was refused says why, and so does what was written in it', async () => {
    await account.keep('outbox', creation({ refusal: 'no_such_person' }), intent(2));
    expect(view()).toMatchObject({
      failure: 'no_such_person',
      lastMessage: { delivery: 'failed', failure: 'no_such_person' },
    });
  });

  test('D1 one with a person is there once somebody opened it, typed in it or wrote in it', async () => {
    const contact = {
      kind: 'contact',
      key: ines,
      rev: 2,
      email: 'i@example.org',
      directConversationId: choir,
    } as const;
    await account.keep('feed', contact);
    expect(view()).toBeUndefined();
    opened = [choir];
    expect(view()).toMatchObject({
      kind: 'direct',
      state: 'new',
      peerId: ines,
      title: 'i@example.org',
      memberCount: 2,
    });
    expect(view()).not.toHaveProperty('activeAt');
    opened = [];
    sources.drafts.set(choir, 'half');
    expect(view()).toMatchObject({ draft: 'half', state: 'new' });
  });
});
