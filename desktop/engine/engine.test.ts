import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandInput, CommandName, CommandResult, CommandValue } from './api/commands.ts';
import type { Change, CollectionName, Collections } from './api/views.ts';
import { createEngine, type Engine } from './create-engine.ts';
import type { VaultPort } from './ports/host.ts';
import type { HttpPort } from './ports/http.ts';
import {
  choir,
  epoch,
  exampleId,
  hello,
  ines,
  me,
  membership,
  message,
  messageId,
  orchestra,
  serverId,
} from './testing/example-entities.ts';
import { settled } from './testing/hand-clock.ts';
import { accountKey, type TestHost, testHost } from './testing/test-account.ts';

const canary = 'canary-that-nobody-may-see';
let host: TestHost;
let engine: Engine;
let changes: Change[];
let isReachable = true;
/** Whose session the browser's cookie is. */
let cookie = 'maud@example.org';

const http: HttpPort = {
  send: async ({ path, body }) => {
    if (!isReachable) throw new Error('nobody answers');
    const { email = cookie } = (body ?? {}) as { email?: string };
    cookie = email;
    const userId = email === 'ines@example.org' ? ines : me;
    const data: Record<string, unknown> = {
      '/api/server': {
        product: 'parley',
        serverId,
        epoch,
        protocol: { current: 1, oldestAccepted: 1 },
        registration: 'open',
      },
      '/api/auth/logout': {},
    };
    const tokens = {
      accessToken: `access-${canary}`,
      accessTokenExpiresInMs: 900_000,
      refreshToken: `refresh-${canary}`,
    };
    const account = { profile: { userId, name: userId === me ? 'Maud' : 'Ines', version: 1 }, email };
    const signedIn = { account, sessionId: exampleId(3, 3), tokens };
    return { status: 200, body: { ok: true, data: data[path] ?? signedIn } };
  },
};

async function start(about: Parameters<typeof testHost>[0] = {}): Promise<void> {
  host = testHost({ http, ...about });
  host.socket.answers = {
    'session.hello': () => hello(),
    'sync.account': () => ({ entries: [membership(choir)], rev: 1, more: false, reset: false }),
    'sync.conversations': () => ({ answers: [], unanswered: [] }),
    'sync.check': () => ({ isCurrent: true, accountRev: 1 }),
    'profiles.get': () => ({ profiles: [] }),
    'presence.watch': () => ({ people: [] }),
    'markers.move': () => ({}),
    'drafts.put': () => ({ outcome: 'kept', version: 2 }),
  };
  engine = createEngine(host);
  changes = [];
  const { snapshot } = await engine.subscribe((batch) => changes.push(...batch.changes));
  changes.push(...snapshot.changes);
  await settled();
}

function call<C extends CommandName>(
  command: C,
  input: Omit<CommandInput<C>, 'account'>,
): Promise<CommandResult<CommandValue<C>>> {
  return engine.call(command, { account: accountKey, ...input } as CommandInput<C>);
}

function last<C extends CollectionName>(collection: C, key: string): Collections[C] | null | undefined {
  const change = changes.findLast((one) => one.collection === collection && one.key === key);
  return change?.value as Collections[C] | null | undefined;
}

async function connect(): Promise<void> {
  await settled();
  host.socket.link.open();
  await settled();
}

async function signIn(): Promise<void> {
  const result = await engine.call('signIn', {
    address: 'chat.example.org',
    email: 'maud@example.org',
    password: canary,
  });
  expect(result).toEqual({ ok: true, value: { account: accountKey } });
}

beforeEach(async () => {
  isReachable = true;
  cookie = 'maud@example.org';
  await start();
  await signIn();
});

describe('the session', () => {
  test('S no token and no password is ever shown, logged or kept beside the vault', async () => {
    await connect();
    expect(last('account', 'me')).toMatchObject({ name: 'Maud', connection: { kind: 'current' } });
    host.socket.link.refuse('token_expired');
    await host.clock.advance(60_000);
    await call('sendMessage', { conversationId: choir, text: 'hello' });
    await call('signOut', { force: true });
    const { snapshot } = await engine.subscribe(() => {});
    expect(host.socket.links[0]?.token).toContain(canary);
    expect(JSON.stringify([changes, snapshot, host.logged])).not.toContain(canary);
    expect(JSON.stringify([...host.store.disk.accounts])).not.toContain(canary);
    expect(host.secrets.size).toBe(0);
  });

  test('D7 signing out with something waiting asks first, and forced it leaves nothing', async () => {
    await call('sendMessage', { conversationId: choir, text: 'hello' });
    expect(await call('signOut', { force: false })).toEqual({ ok: true, value: { signedOut: false, waiting: 1 } });
    expect(await call('signOut', { force: true })).toEqual({ ok: true, value: { signedOut: true } });
    await settled();
    expect([last('account', 'me'), host.store.disk.accounts.size, host.clock.waiting]).toEqual([null, 0, 0]);
    expect(await call('connectNow', {})).toEqual({ ok: false, error: { code: 'unauthenticated' } });
  });

  test('S without the server nobody is signed out unless they insist: the session would live on', async () => {
    await connect();
    isReachable = false;
    expect(await call('signOut', { force: false })).toEqual({ ok: false, error: { code: 'not_connected' } });
    await connect();
    expect(last('account', 'me')).toMatchObject({ connection: { kind: 'current' } });
    expect([host.secrets.size, host.store.disk.accounts.size]).toEqual([1, 1]);
    expect(await call('signOut', { force: true })).toEqual({ ok: true, value: { signedOut: true } });
    expect([host.secrets.size, host.store.disk.accounts.size, host.clock.waiting]).toEqual([0, 0, 0]);
  });

  test('S with the server it is told, and then everything is gone here', async () => {
    await connect();
    expect(await call('signOut', { force: false })).toEqual({ ok: true, value: { signedOut: true } });
    expect([host.secrets.size, host.store.disk.accounts.size]).toEqual([0, 0]);
  });

  test('D7 a draft the server lacks is asked about, too, until it has it', async () => {
    await connect();
    await call('setDraft', { conversationId: choir, text: 'half' });
    expect(await call('signOut', { force: false })).toEqual({ ok: true, value: { signedOut: false, waiting: 1 } });
    await host.clock.advance(1_500);
    expect(await call('signOut', { force: false })).toEqual({ ok: true, value: { signedOut: true } });
  });

  test.each([
    ['server', hello({ serverId: exampleId(3, 9) })],
    ['account', hello({ account: { profile: { userId: ines, name: 'Ines', version: 1 }, email: 'i@example.org' } })],
  ])('D14 another %s at the same address: nothing of it comes in', async (_, stranger) => {
    host.socket.answers['session.hello'] = () => stranger;
    await connect();
    expect(last('account', 'me')).toMatchObject({ name: 'Maud', connection: { kind: 'signed-out' } });
    expect(host.socket.asked).not.toContain('sync.account');
  });

  test('a store that fails on signing in can be tried again', async () => {
    await engine.close();
    await start();
    host.store.decideWrites(() => 'refused');
    const input = { address: 'chat.example.org', email: 'maud@example.org', password: canary };
    expect(await engine.call('signIn', input)).toEqual({ ok: false, error: { code: 'local_store_failed' } });
    host.store.decideWrites(() => 'kept');
    await signIn();
  });
});

describe('one browser and two people', () => {
  const inesKey = `${serverId}/${ines}`;
  const vault: VaultPort = {
    keeps: 'cookie',
    read: () => Promise.reject(new Error('no script sees it')),
    write: () => Promise.reject(new Error('no script sees it')),
    erase: () => Promise.resolve(),
  };
  const inesHello = hello({
    account: { profile: { userId: ines, name: 'Ines', version: 1 }, email: 'ines@example.org' },
  });
  const enter = (email: string) =>
    engine.call('signIn', { address: 'chat.example.org', email, password: 'correct horse' });
  const shown = async () => JSON.stringify((await engine.subscribe(() => {})).snapshot);
  const kept = () =>
    JSON.stringify(
      [...host.store.disk.accounts.values()].map(({ tables, messages }) => [
        Object.values(tables).map((table) => [...table.values()]),
        [...messages.values()].map((all) => [...all.values()]),
      ]),
    );

  /** Maud's session has ended; she has a message and a draft of which the server knows nothing, and one of Ines's that it knows. */
  beforeEach(async () => {
    await start({ vault });
    await enter('maud@example.org');
    await connect();
    const push = { conversationId: choir, afterRev: 0, rev: 1, changeId: exampleId(7, 1) };
    const records = { messages: [message(1, { text: 'told to Maud' })] };
    host.socket.link.tell('conversation.changed', { ...push, change: { kind: 'records', records } });
    await settled();
    host.socket.link.refuse('session_revoked');
    await call('sendMessage', { conversationId: choir, text: 'a word of Maud' });
    await call('setDraft', { conversationId: choir, text: 'half a word of Maud' });
    await host.clock.advance(1_000);
    host.socket.answers['session.hello'] = () => inesHello;
    host.socket.answers['sync.account'] = () => ({ entries: [], rev: 0, more: false, reset: false });
  });

  test('D7 D14 who signs in sees nothing of who was here, and sends nothing of theirs', async () => {
    expect(await enter('ines@example.org')).toEqual({ ok: true, value: { account: inesKey } });
    await connect();
    expect((await engine.subscribe(() => {})).snapshot.app).toMatchObject({ accounts: [inesKey] });
    expect(await shown()).not.toMatch(/Maud/);
    expect(host.socket.asked).not.toContain('messages.send');
    expect(await call('sendMessage', { conversationId: choir, text: 'x' })).toMatchObject({ ok: false });
    expect(kept()).not.toContain('told to Maud');
    for (const words of ['"a word of Maud"', '"half a word of Maud"']) expect(kept()).toContain(words);
  });

  test('D14 a store that cannot forget lets nobody in, shows nothing of who was here, and can be asked again', async () => {
    host.store.decideWrites(() => 'refused');
    expect(await enter('ines@example.org')).toEqual({ ok: false, error: { code: 'local_store_failed' } });
    expect((await engine.subscribe(() => {})).snapshot.app).toMatchObject({ accounts: [] });
    expect(await shown()).not.toMatch(/Maud/);
    await host.clock.advance(60_000);
    expect(host.socket.links).toHaveLength(1);
    host.store.decideWrites(() => 'kept');
    expect(await enter('ines@example.org')).toEqual({ ok: true, value: { account: inesKey } });
    expect(await shown()).not.toMatch(/Maud/);
    expect(kept()).not.toContain('told to Maud');
    expect(kept()).toContain('"a word of Maud"');
  });

  test('D14 started again, it is still theirs alone', async () => {
    await enter('ines@example.org');
    await connect();
    const { disk } = host.store;
    await engine.close();
    await start({ disk, vault });
    host.socket.answers['session.hello'] = () => inesHello;
    await connect();
    expect((await engine.subscribe(() => {})).snapshot.app).toMatchObject({ accounts: [inesKey] });
    expect(await shown()).not.toMatch(/Maud/);
  });

  test('D7 what was written goes out when the one who wrote it is back', async () => {
    await enter('ines@example.org');
    await connect();
    await engine.call('signOut', { account: inesKey, force: false });
    host.socket.answers['session.hello'] = () => hello();
    host.socket.answers['sync.account'] = () => ({ entries: [membership(choir)], rev: 1, more: false, reset: false });
    await enter('maud@example.org');
    await connect();
    const sent = host.socket.link.requests.filter(({ name }) => name === 'messages.send').map(({ input }) => input);
    expect(sent).toMatchObject([{ text: 'a word of Maud' }]);
    expect(last('account', 'me')).toMatchObject({ name: 'Maud', waiting: 1 });
    expect(kept()).toContain('half a word of Maud');
  });

  test('D7 with nothing of theirs waiting, nothing of them stays', async () => {
    await call('setDraft', { conversationId: choir, text: '' });
    const [intent] = [...(host.store.disk.accounts.get(accountKey)?.tables.outbox.values() ?? [])];
    await call('discardMessage', { conversationId: choir, messageId: intent?.id ?? '' });
    await host.clock.advance(1_000);
    await enter('ines@example.org');
    expect([...host.store.disk.accounts.keys()]).toEqual([inesKey]);
  });

  test('S while somebody is signed in nobody else gets in, and their session is left alone', async () => {
    await enter('ines@example.org');
    await connect();
    expect(await enter('maud@example.org')).toEqual({ ok: false, error: { code: 'forbidden' } });
    expect([cookie, last('account', 'me')]).toEqual(['ines@example.org', expect.objectContaining({ name: 'Ines' })]);
  });
});

describe('sending', () => {
  test('D7 a store that cannot keep it: the answer says so, the words stay a draft, nothing is sent', async () => {
    await connect();
    await call('setDraft', { conversationId: choir, text: 'hello' });
    host.store.decideWrites(() => 'refused');
    const result = await call('sendMessage', { conversationId: choir, text: 'hello' });
    expect(result).toEqual({ ok: false, error: { code: 'local_store_failed' } });
    host.store.decideWrites(() => 'kept');
    await host.clock.advance(250);
    const [kept] = [...host.store.disk.accounts.values()].map(({ tables }) => [...tables.drafts.values()]);
    expect(kept).toMatchObject([{ conversationId: choir, text: 'hello' }]);
    expect(host.socket.asked).not.toContain('messages.send');
  });

  test('D7 killed before it was sent: it goes out after the start, and leaves with the answer', async () => {
    const sent = await call('sendMessage', { conversationId: choir, text: 'hello' });
    const { disk } = host.store;
    const { vault } = host;
    host.store.crash();
    await start({ disk, vault });
    expect(last('account', 'me')).toMatchObject({ waiting: 1 });
    await connect();
    const [request] = host.socket.link.requests.filter(({ name }) => name === 'messages.send');
    expect(request?.input).toMatchObject({ id: sent.ok && sent.value.messageId, text: 'hello' });
    const record = message(1, { id: sent.ok ? sent.value.messageId : '', authorId: me, rev: 2 });
    host.socket.answers['sync.conversations'] = () => ({
      answers: [
        {
          conversationId: choir,
          head: { rev: 2, seq: 1, changeId: record.id, mrev: 0 },
          cursor: 2,
          records: { messages: [record] },
        },
      ],
      unanswered: [],
    });
    request?.answer({ seq: 1, rev: 2, at: 5 });
    await settled();
    expect(last('account', 'me')).toMatchObject({ waiting: 0 });
  });
});

describe('a server whose data was restored', () => {
  test('D14 own words are offered again without anybody pressing send, and what was typed stays', async () => {
    await connect();
    const push = { conversationId: choir, afterRev: 0, rev: 1, changeId: exampleId(7, 1) };
    const records = { messages: [message(1, { authorId: me, text: 'mine' })] };
    host.socket.link.tell('conversation.changed', { ...push, change: { kind: 'records', records } });
    await call('setDraft', { conversationId: choir, text: 'half' });
    await host.clock.advance(5_000);
    host.socket.link.end();
    host.socket.answers['session.hello'] = () => hello({ epoch: exampleId(3, 8) });
    host.socket.answers['sync.account'] = () => ({ entries: [membership(choir)], rev: 1, more: false, reset: true });
    await host.clock.advance(1_000);
    await connect();
    const offered = host.socket.link.requests.find(({ name }) => name === 'messages.send');
    expect(offered?.input).toMatchObject({ id: message(1).id, text: 'mine' });
    const [account] = host.store.disk.accounts.values();
    expect([...(account?.tables.drafts.values() ?? [])]).toMatchObject([{ text: 'half' }]);
  });

  test('D14 D7 while the line is up and nobody has said who they are, nothing is sent and nothing told', async () => {
    await connect();
    host.socket.link.end();
    delete host.socket.answers['session.hello'];
    await host.clock.advance(1_000);
    await connect();
    await call('sendMessage', { conversationId: choir, text: 'pressed' });
    await call('setDraft', { conversationId: choir, text: 'half' });
    await host.clock.advance(10_000);
    expect(host.socket.link.requests.map(({ name }) => name)).toEqual(['session.hello']);
  });

  describe('while it answers little by little', () => {
    const conversations = () => host.socket.link.requests.find(({ name }) => name === 'sync.conversations');
    const account = () => host.socket.link.requests.find(({ name }) => name === 'sync.account');
    const [group, lost] = [choir, orchestra];

    /** Two groups with a message by Ines and one of mine each; something more waits for the first; the line is back, the data is not. */
    async function restore(): Promise<void> {
      host.socket.answers['sync.account'] = () => ({
        entries: [membership(group), membership(lost, { rev: 2 })],
        rev: 2,
        more: false,
        reset: false,
      });
      await connect();
      for (const [conversationId, base] of [
        [group, 0],
        [lost, 10],
      ] as const) {
        const info = { kind: 'group', title: `group ${base}`, history: 'everything', createdAt: 1, rev: 1 };
        const messages = [
          message(1, { id: messageId(base + 1), text: 'hers' }),
          message(2, { id: messageId(base + 2), authorId: me, text: 'mine' }),
        ];
        const push = { conversationId, afterRev: 0, rev: 2, changeId: messageId(base + 2) };
        host.socket.link.tell('conversation.changed', {
          ...push,
          change: { kind: 'records', records: { info, messages } },
        });
      }
      await settled();
      host.socket.link.end();
      await call('sendMessage', { conversationId: group, text: 'waits' });
      host.socket.answers['session.hello'] = () => hello({ epoch: exampleId(3, 8) });
      delete host.socket.answers['sync.account'];
      delete host.socket.answers['sync.conversations'];
      await host.clock.advance(1_000);
      await connect();
      await call('openThread', { conversationId: group });
      await settled();
    }

    const shown = (conversationId: string) =>
      [messageId(1), messageId(2), messageId(11), messageId(12)]
        .map((id) => last('messages', `${conversationId}/${id}`)?.content)
        .filter((content) => content?.kind === 'text')
        .map(({ text }) => text);
    const sent = () =>
      host.socket.link.requests.filter(({ name }) => name === 'messages.send').map(({ input }) => input);

    test('D14 everything stays readable, and nothing is sent before it is known what there is', async () => {
      await restore();
      expect([shown(group), last('conversations', group)?.title, sent()]).toEqual([['hers', 'mine'], 'group 0', []]);
    });

    test('D14 D7 killed in between, it goes on where it was', async () => {
      await restore();
      const { vault } = host;
      const { disk } = host.store;
      host.store.crash();
      await start({ disk, vault });
      host.socket.answers['session.hello'] = () => hello({ epoch: exampleId(3, 8) });
      delete host.socket.answers['sync.account'];
      await connect();
      expect(account()?.input).toEqual({ rev: 0, resetFrom: 0 });
      expect([last('conversations', group)?.title, sent()]).toEqual(['group 0', []]);
    });

    test('D14 own words go out first, then what waited; the answer takes the place of what was here', async () => {
      await restore();
      account()?.answer({ entries: [membership(group)], rev: 1, more: false, reset: false });
      await settled();
      expect(sent()).toMatchObject([{ id: messageId(2), text: 'mine' }]);
      expect(shown(group)).toEqual(['hers', 'mine']);
      const record = message(1, { id: messageId(1), text: 'hers, as it was' });
      const head = { rev: 1, seq: 1, changeId: messageId(1), mrev: 0 };
      conversations()?.answer({
        answers: [{ conversationId: group, head, cursor: 1, records: { messages: [record] } }],
        unanswered: [],
      });
      await settled();
      expect(shown(group)).toEqual(['hers, as it was', 'mine']);
      expect(last('messages', `${group}/${messageId(2)}`)?.delivery).toBe('waiting');
      host.socket.link.requests.find(({ name }) => name === 'messages.send')?.answer({ seq: 2, rev: 2, at: 9 });
      await settled();
      expect(sent()).toMatchObject([{ text: 'waits' }]);
    });

    test('D14 a group that was lost can still be read, and nothing is offered to it', async () => {
      await restore();
      account()?.answer({ entries: [membership(group)], rev: 1, more: false, reset: false });
      conversations()?.answer({ answers: [], unanswered: [] });
      await settled();
      await call('openThread', { conversationId: lost });
      await settled();
      expect(last('conversations', lost)).toMatchObject({ title: 'group 10', state: 'removed', canWrite: false });
      expect(shown(lost)).toEqual(['hers', 'mine']);
      expect(last('account', 'me')).toMatchObject({ waiting: 2 });
    });

    describe('and I am in a lost group again', () => {
      const head = { rev: 2, seq: 2, changeId: messageId(22), mrev: 0 };
      const records = { messages: [message(1, { id: messageId(21) }), message(2, { id: messageId(22) })] };
      const cursors = () => conversations()?.input;
      const lostCursor = { cursors: [{ conversationId: lost, rev: 0, mrev: 0, seq: 0 }] };

      async function inAgain(): Promise<void> {
        await restore();
        account()?.answer({
          entries: [membership(group), membership(lost, { state: 'removed' })],
          rev: 1,
          more: false,
          reset: false,
        });
        await settled();
        conversations()?.answer({ answers: [], unanswered: [] });
        await settled();
        host.socket.link.tell('account.changed', { afterRev: 1, rev: 2, entries: [membership(lost, { rev: 2 })] });
        await settled();
      }

      test('D14 own words are offered to it before the answer takes their place', async () => {
        await inAgain();
        expect(cursors()).toEqual(lostCursor);
        conversations()?.answer({ answers: [{ conversationId: lost, head, cursor: 2, records }], unanswered: [] });
        await settled();
        expect(sent()).toContainEqual(expect.objectContaining({ id: messageId(12), text: 'mine' }));
      });

      test('D14 D10 what could not be fetched then is noticed, though it is at the same rev as what was here', async () => {
        await inAgain();
        conversations()?.refuse('not_a_member');
        host.socket.answers['sync.check'] = () => ({
          isCurrent: false,
          accountRev: 2,
          heads: [{ conversationId: lost, ...head }],
        });
        await host.clock.advance(30_000);
        expect(cursors()).toEqual(lostCursor);
      });
    });
  });

  test('D14 found out in the catch-up, too', async () => {
    await connect();
    const push = { conversationId: choir, afterRev: 0, rev: 3, changeId: exampleId(7, 3) };
    const records = { messages: [message(1), message(2, { authorId: me, rev: 3 })] };
    host.socket.link.tell('conversation.changed', { ...push, change: { kind: 'records', records } });
    await settled();
    host.socket.link.end();
    let isFirst = true;
    host.socket.answers['sync.conversations'] = () => {
      const head = { rev: 1, seq: 1, changeId: exampleId(7, 1), mrev: 0 };
      const answers = isFirst ? [{ conversationId: choir, head, cursor: 1, records: {} }] : [];
      isFirst = false;
      return { answers, unanswered: [] };
    };
    await host.clock.advance(1_000);
    await connect();
    expect(host.socket.link.requests.find(({ name }) => name === 'messages.send')?.input).toMatchObject({
      id: message(2).id,
    });
  });
});

describe('unread messages in a hole', () => {
  const leap = {
    conversationId: choir,
    head: { rev: 300, seq: 300, changeId: exampleId(7, 300), mrev: 0 },
    cursor: 300,
    leap: { belowSeq: 300 },
    records: { messages: [message(300)] },
  };

  test.each([
    ['refuses', (request: { refuse: (code: string) => void }) => request.refuse('not_a_member')],
    [
      'answers nonsense',
      (request: { answer: (data: unknown) => void }) =>
        request.answer({ atRev: 300, messages: [message(400)], hasMore: true }),
    ],
  ])('D9 that the server %s do not keep the account from being up to date', async (_, respond) => {
    let answers: object[] = [leap];
    host.socket.answers['sync.conversations'] = () => ({ answers: answers.splice(0), unanswered: [] });
    answers = [leap];
    await connect();
    const page = host.socket.link.requests.find(({ name }) => name === 'messages.page');
    if (page === undefined) throw new Error('No page was asked for');
    respond(page);
    await settled();
    expect(last('account', 'me')?.connection.kind).toBe('current');
    expect(host.socket.asked.filter((name) => name === 'messages.page')).toHaveLength(1);
  });
});

test('closed: nothing is scheduled, and what was typed is kept', async () => {
  await connect();
  host.socket.link.tell('typing.changed', { conversationId: choir, userId: ines, isTyping: true });
  await call('setDraft', { conversationId: choir, text: 'half' });
  const { disk } = host.store;
  await engine.close();
  await settled();
  expect([host.clock.waiting, host.socket.link.isClosed]).toEqual([0, true]);
  expect([...disk.accounts.values()].flatMap(({ tables }) => [...tables.drafts.values()])).toMatchObject([
    { text: 'half' },
  ]);
});
