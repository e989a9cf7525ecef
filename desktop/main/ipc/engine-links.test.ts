import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../engine/api/testing/fake-engine.ts';
import { createEngineLinks } from './engine-links.ts';

function openPage() {
  const told: unknown[] = [];
  const page = Object.assign(new EventEmitter(), {
    isGone: false,
    isDestroyed: () => page.isGone,
    send: (_channel: string, message: unknown) => void told.push(message),
  });
  const engine = createFakeEngine();
  const links = createEngineLinks(engine);
  const contents = page as unknown as WebContents;
  links.attach(contents);
  return { page, engine, told, ask: (request: unknown) => links.hear(request as never, contents) };
}

describe('the link of a page', () => {
  it('answers with a snapshot, then with batches', async () => {
    const { engine, told, ask } = openPage();
    ask({ kind: 'subscribe', id: 1 });
    await vi.waitFor(() => expect(told).toMatchObject([{ kind: 'snapshot', id: 1 }]));
    engine.emit({ revision: 2, changes: [] });
    expect(told.at(-1)).toMatchObject({ kind: 'batch', id: 1, batch: { revision: 2 } });
  });

  it('starts afresh when the page loads anew, and tells the new document nothing of the old one', async () => {
    const { page, engine, told, ask } = openPage();
    let answer: ((value: { ok: true; value: null }) => void) | undefined;
    engine.answerWith(() => new Promise((resolve) => (answer = resolve)));
    ask({ kind: 'subscribe', id: 1 });
    ask({ kind: 'call', id: 2, command: 'useHere', input: {} });
    await vi.waitFor(() => expect(engine.subscribers).toBe(1));

    page.emit('did-navigate');
    expect(engine.subscribers).toBe(0);
    told.length = 0;
    answer?.({ ok: true, value: null });
    engine.emit({ revision: 2, changes: [] });
    await Promise.resolve();
    expect(told).toEqual([]);

    ask({ kind: 'subscribe', id: 1 });
    await vi.waitFor(() => expect(told).toMatchObject([{ kind: 'snapshot', id: 1 }]));
  });

  it('ends with the page', async () => {
    const { page, engine, told, ask } = openPage();
    ask({ kind: 'subscribe', id: 1 });
    await vi.waitFor(() => expect(engine.subscribers).toBe(1));
    page.isGone = true;
    page.emit('destroyed');
    expect(engine.subscribers).toBe(0);
    told.length = 0;
    ask({ kind: 'subscribe', id: 2 });
    await Promise.resolve();
    expect(told).toEqual([]);
  });
});
