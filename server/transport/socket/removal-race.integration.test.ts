import { v7 as mintUuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Changed {
  rev: number;
}

test(
  'S7 D13 a thousand races of a removal against a message: nothing is heard after the removal',
  { timeout: 180_000 },
  async () => {
    const [ann, ben, cem] = [await server.register('Ann'), await server.register('Ben'), await server.register('Cem')];
    const [a, b, c] = [await server.connect(ann), await server.connect(ben), await server.connect(cem)];
    for (const { email } of [ben, cem]) await a.demand('addContact', { id: mintUuid(), email });
    const conversationId = mintUuid();
    await a.demand('createGroup', { id: conversationId, title: 'Race', memberIds: [ben.userId, cem.userId] });
    const tooLate: number[] = [];
    for (let round = 0; round < 1_000; round += 1) {
      const from = b.heard.length;
      const messages = [0, 1, 2].map((n) => ({ id: mintUuid(), conversationId, text: `${round}.${n}` }));
      const sending = messages.map((message) => c.demand('sendMessage', message));
      const removed = await a.demand('removeMember', { id: mintUuid(), conversationId, userId: ben.userId });
      await Promise.all(sending);
      await b.demand('hello', {});
      const heard = b.heard.slice(from).filter(({ name }) => name === 'conversation.changed');
      tooLate.push(...heard.map(({ payload }) => (payload as Changed).rev).filter((rev) => rev > removed.rev));
      await a.demand('addMembers', { id: mintUuid(), conversationId, userIds: [ben.userId] });
    }
    expect(tooLate).toEqual([]);
  },
);
