import { startTestServer } from '@parley/server/testing/start-test-server.ts';
import { expect, test } from 'vitest';
import type { SocketPort } from '../ports/socket.ts';
import { TestDevice } from './test-device.ts';

/** Runs `meanwhile` when the server has answered the catch-up and the device has not heard it yet. */
function betweenFetchAndPush(
  real: SocketPort,
  meanwhile: () => Promise<void>,
  isDeafUntilFetched: boolean,
): SocketPort {
  return {
    open(options) {
      let hasFetched = false;
      const { onFact } = options.handlers;
      const handlers = {
        ...options.handlers,
        onFact: (name: string, payload: unknown) => {
          if (hasFetched || !isDeafUntilFetched) onFact(name, payload);
        },
      };
      const link = real.open({ ...options, handlers });
      return {
        close: () => link.close(),
        async request(name, input, timeoutMs) {
          const answer = await link.request(name, input, timeoutMs);
          if (name !== 'sync.conversations') return answer;
          await meanwhile();
          // Facts are told in order: what was sent before this answer is in before it.
          await link.request('account.get', {}, timeoutMs);
          hasFetched = true;
          return answer;
        },
      };
    },
  };
}

/** What a second device has of a message sent between its catch-up's answer and its end, before any heartbeat. */
async function missedBetween(isDeafUntilFetched: boolean): Promise<boolean> {
  const server = await startTestServer();
  const maud = await TestDevice.registered({ address: server.url }, 'Maud');
  const ines = await TestDevice.registered({ address: server.url }, 'Ines');
  try {
    await maud.untilCurrent();
    await ines.untilCurrent();
    const { conversationId } = await maud.run('addContact', { email: ines.email });
    await maud.run('sendMessage', { conversationId, text: 'before' });
    await maud.untilCurrent();
    let isSent = false;
    const meanwhile = async () => {
      if (isSent) return;
      isSent = true;
      await maud.run('sendMessage', { conversationId, text: 'between' });
      await maud.untilCurrent();
    };
    const wrapSocket = (real: SocketPort) => betweenFetchAndPush(real, meanwhile, isDeafUntilFetched);
    const late = await ines.another({ haste: 1, wrapSocket });
    await late.untilCurrent();
    await late.run('openThread', { conversationId });
    const texts = late.texts(conversationId);
    await late.close();
    return !texts.includes('between');
  } finally {
    await maud.close();
    await ines.close();
    await server.close();
  }
}

test('D5 what happens between the catch-up and its answer is told, because the server follows first', async () => {
  expect(await missedBetween(false)).toBe(false);
});

test('D5 the planted bug "subscribe after fetch" is caught', async () => {
  expect(await missedBetween(true)).toBe(true);
});
