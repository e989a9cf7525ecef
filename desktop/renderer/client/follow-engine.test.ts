import { describe, expect, it, vi } from 'vitest';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import { FakeEngine } from '../testing/fake-engine.ts';
import { fakeAccount } from '../testing/fake-world.ts';
import { createClientStore, followEngine } from './follow-engine.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function typingIn(store: ReturnType<typeof createClientStore>, conversationId: string) {
  return store.getState().accounts.get(fakeAccount)?.typing.get(conversationId);
}

describe('following the engine', () => {
  it('is the snapshot, then every batch', async () => {
    const fake = new FakeEngine();
    const store = createClientStore();
    followEngine(fake, store);
    await settle();
    expect(store.getState().app.phase).toBe('ready');
    fake.setTyping('c', ['ines']);
    expect(typingIn(store, 'c')).toEqual(['ines']);
  });

  it('keeps batches that overtake the snapshot', async () => {
    const fake = new FakeEngine();
    const slow: EngineApi = {
      call: fake.call.bind(fake),
      subscribe: async (onBatch) => {
        const answer = await fake.subscribe(onBatch);
        fake.setTyping('c', ['ines']);
        return answer;
      },
    };
    const store = createClientStore();
    followEngine(slow, store);
    await settle();
    expect(typingIn(store, 'c')).toEqual(['ines']);
  });

  it('takes a new snapshot when a revision is missing', async () => {
    const fake = new FakeEngine();
    const subscribe = vi.spyOn(fake, 'subscribe');
    const store = createClientStore();
    followEngine(fake, store);
    await settle();
    fake.feed.skipRevision();
    fake.setTyping('c', ['ines']);
    await settle();
    expect(subscribe).toHaveBeenCalledTimes(2);
    expect(typingIn(store, 'c')).toEqual(['ines']);
    fake.setTyping('d', ['tobias']);
    expect(typingIn(store, 'd')).toEqual(['tobias']);
  });

  it('stops when told to, also after a second subscription', async () => {
    const fake = new FakeEngine();
    const store = createClientStore();
    const stop = followEngine(fake, store);
    await settle();
    fake.feed.skipRevision();
    fake.setTyping('c', ['ines']);
    await settle();
    stop();
    fake.setTyping('c', []);
    expect(typingIn(store, 'c')).toEqual(['ines']);
  });
});
