import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultRates } from '@parley/shared/contract/limits.ts';
import { directConversationId } from '../../crypto/direct-conversation-id.ts';
import { codeOf, gather, gatherGroup, heardBy, type Participant } from '../../testing/participants.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { raisedRates } from '../../testing/test-config.ts';

// Servers, stores and sockets take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: TestServer;
let ann: Participant;
let ben: Participant;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann] = (await gather(server, ['Ann'])) as [Participant];
  [ben] = (await gather(server, ['Ben'])) as [Participant];
});

const add = (by: Participant, email: string, changes: object = {}) =>
  by.socket.ask('addContact', { id: mintUuid(), email, ...changes });
const remove = (userId: string, id = mintUuid()) => ann.socket.ask('removeContact', { id, userId });
const contactsOf = async (who: Participant) =>
  (await who.socket.demand('syncAccount', { rev: 0 })).entries.filter(({ kind }) => kind !== 'membership');

describe('contacts', () => {
  test('D15 somebody is found by their exact address, and every device hears of it', async () => {
    const device = await server.signIn(ann);
    const phone = { ...device, socket: await server.connect(device) };
    const { contact, profile } = await ann.socket.demand('addContact', {
      id: mintUuid(),
      email: ` ${ben.email.toUpperCase()} `,
      alias: 'Benny',
    });
    const expected = { kind: 'contact', key: ben.userId, alias: 'Benny', rev: 1 };
    expect(contact).toMatchObject({ ...expected, directConversationId: directConversationId(ann.userId, ben.userId) });
    expect(profile).toMatchObject({ userId: ben.userId, name: 'Ben' });
    expect((await heardBy(phone, 'account.changed')).map(({ payload }) => payload)).toMatchObject([
      { afterRev: 0, rev: 1, entries: [expected] },
    ]);
    expect(await heardBy(ben, 'account.changed')).toEqual([]);
  });

  test('D1 adding twice, with one id or with two, changes nothing', async () => {
    const id = mintUuid();
    const first = await add(ann, ben.email, { id, alias: 'Benny' });
    expect(await add(ann, ben.email, { id, alias: 'Benny' })).toEqual(first);
    expect(await add(ann, ben.email)).toEqual(first);
    expect(await contactsOf(ann)).toHaveLength(1);
    expect(codeOf(await add(ben, ann.email, { id }))).toBe('intent_of_another');
  });

  test('nobody else, oneself, and addresses nearly right', async () => {
    expect(codeOf(await add(ann, `x${ben.email}`))).toBe('no_such_person');
    expect(codeOf(await add(ann, ann.email))).toBe('contact_is_self');
    expect(codeOf(await add(ann, 'nonsense'))).toBe('invalid_request');
  });

  test('D15 an alias is set, changed and taken back; a removed contact leaves a tombstone', async () => {
    await add(ann, ben.email);
    const rename = (alias?: string) =>
      ann.socket.demand('renameContact', { id: mintUuid(), userId: ben.userId, ...(alias && { alias }) });
    await rename('Benny');
    expect(await contactsOf(ann)).toMatchObject([{ kind: 'contact', alias: 'Benny', rev: 2, email: ben.email }]);
    await rename();
    expect((await contactsOf(ann))[0]).not.toHaveProperty('alias');
    await remove(ben.userId);
    expect(await contactsOf(ann)).toEqual([{ kind: 'tombstone', of: 'contact', key: ben.userId, rev: 4 }]);
    const gone = await ann.socket.ask('renameContact', { id: mintUuid(), userId: ben.userId, alias: 'X' });
    expect(codeOf(gone)).toBe('not_found');
    expect(codeOf(await add(ann, ben.email))).toBe('ok');
  });

  test('D1 an old intent said again never undoes a newer one, not even one that changed nothing', async () => {
    const id = mintUuid();
    expect(codeOf(await remove(ben.userId, id))).toBe('ok');
    await add(ann, ben.email);
    expect(codeOf(await remove(ben.userId, id))).toBe('ok');
    expect(await contactsOf(ann)).toMatchObject([{ kind: 'contact', key: ben.userId }]);
    const named = mintUuid();
    await ann.socket.demand('renameContact', { id: named, userId: ben.userId, alias: 'Old' });
    await ann.socket.demand('renameContact', { id: mintUuid(), userId: ben.userId, alias: 'New' });
    await ann.socket.demand('renameContact', { id: named, userId: ben.userId, alias: 'Old' });
    expect(await contactsOf(ann)).toMatchObject([{ alias: 'New' }]);
  });

  test('D1 many at once are all served, each at its own rev', async () => {
    await add(ann, ben.email);
    const renames = Array.from({ length: 60 }, (_, index) =>
      ann.socket.ask('renameContact', { id: mintUuid(), userId: ben.userId, alias: `Ben ${index}` }),
    );
    expect(new Set((await Promise.all(renames)).map(codeOf))).toEqual(new Set(['ok']));
    expect(await contactsOf(ann)).toMatchObject([{ rev: 61 }]);
  });
});

describe('S3 discovery', () => {
  test.each([
    ['off', 'discovery_off', 'discovery_off'],
    ['members', 'no_such_person', 'ok'],
    ['exact-email', 'ok', 'ok'],
  ] as const)('S3 %s: a stranger gets %s, somebody of a common group %s', async (discovery, stranger, known) => {
    // Known from the time anybody could be found.
    const before = await startTestServer();
    const [dora, eve, fay] = (await gather(before, ['Dora', 'Eve', 'Fay'])) as [Participant, Participant, Participant];
    const [gus] = (await gather(before, ['Gus'])) as [Participant];
    await gatherGroup([dora, eve, fay]);
    await before.stop();
    const { dataDir } = before;
    const server2 = await startTestServer({ dataDir, config: { discovery } });
    const socket = await server2.connect(eve);
    const code = async (email: string) => codeOf(await socket.ask('addContact', { id: mintUuid(), email }));
    expect([await code(gus.email), await code(fay.email)]).toEqual([stranger, known]);
    expect(await code('nobody@example.org')).toBe(discovery === 'off' ? 'discovery_off' : 'no_such_person');
    await server2.close();
    await before.restart();
    await before.close();
  });

  test('S3 S11 twenty a day, then one waits', async () => {
    const limited = await startTestServer({ config: { rates: { ...raisedRates, contacts: defaultRates.contacts } } });
    const [eve] = (await gather(limited, ['Eve'])) as [Participant];
    const replies = [];
    for (let count = 0; count < 21; count += 1) replies.push(await add(eve, `nobody${count}@example.org`));
    expect(replies.slice(0, 20).map(codeOf)).toEqual(Array.from({ length: 20 }, () => 'no_such_person'));
    const last = replies.at(-1);
    expect(last).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
    expect(last?.ok === false && (last.error.retryAfterMs ?? 0)).toBeGreaterThan(60_000);
    await limited.close();
  });
});
