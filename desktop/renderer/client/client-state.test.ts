import { describe, expect, it } from 'vitest';
import type { AppView, Change, CollectionName, Collections, MessageView } from '../../engine/api/views.ts';
import { fromSnapshot, withBatch } from './client-state.ts';

const account = 'harbour maud';
const app: AppView & { phase: 'ready' } = {
  phase: 'ready',
  accounts: [account],
  storage: 'kept',
  server: { kind: 'ask' },
};

function change<C extends CollectionName>(collection: C, key: string, value: Collections[C] | null): Change {
  return { account, collection, key, value } as Change;
}
function message(id: string, order: number, conversationId = 'c'): MessageView {
  return { id, conversationId, order, at: 0, isMine: false, content: { kind: 'text', text: id } };
}
const start = fromSnapshot({ revision: 5, app, changes: [change('typing', 'c', ['ines'])] });
const stateOf = (state: typeof start | null) => state?.accounts.get(account);

describe('the state of the engine in a window', () => {
  it('holds what the snapshot says', () => {
    expect(start.revision).toBe(5);
    expect(stateOf(start)?.typing.get('c')).toEqual(['ines']);
  });

  it('applies the next batch and keeps the identity of what did not change', () => {
    const next = withBatch(start, { revision: 6, changes: [change('drafts', 'c', { text: 'x', version: 1 })] });
    expect(stateOf(next)?.drafts.get('c')).toEqual({ text: 'x', version: 1 });
    expect(stateOf(next)?.typing).toBe(stateOf(start)?.typing);
  });

  it('removes what is set to null', () => {
    const next = withBatch(start, { revision: 6, changes: [change('typing', 'c', null)] });
    expect(stateOf(next)?.typing.has('c')).toBe(false);
  });

  it('ignores a batch it has already seen', () => {
    expect(withBatch(start, { revision: 5, changes: [change('typing', 'c', null)] })).toBe(start);
  });

  it('asks for a new snapshot when a revision is missing', () => {
    expect(withBatch(start, { revision: 7, changes: [] })).toBeNull();
  });

  it('keeps messages in the order they stand on screen, by conversation', () => {
    const next = withBatch(start, {
      revision: 6,
      changes: [
        change('messages', 'c/b', message('b', 2)),
        change('messages', 'c/a', message('a', 1)),
        change('messages', 'd/e/x', message('x', 1, 'd/e')),
      ],
    });
    expect(
      stateOf(next)
        ?.messages.get('c')
        ?.map(({ id }) => id),
    ).toEqual(['a', 'b']);
    expect(
      stateOf(next)
        ?.messages.get('d/e')
        ?.map(({ id }) => id),
    ).toEqual(['x']);
  });

  it('moves a message that gets its place, and forgets a stretch that is empty', () => {
    const waiting = withBatch(start, {
      revision: 6,
      changes: [change('messages', 'c/w', message('w', 100)), change('messages', 'c/a', message('a', 7))],
    });
    const placed =
      waiting && withBatch(waiting, { revision: 7, changes: [change('messages', 'c/w', message('w', 6))] });
    expect(
      stateOf(placed)
        ?.messages.get('c')
        ?.map(({ id }) => id),
    ).toEqual(['w', 'a']);
    const closed =
      placed &&
      withBatch(placed, { revision: 8, changes: [change('messages', 'c/w', null), change('messages', 'c/a', null)] });
    expect(stateOf(closed)?.messages.has('c')).toBe(false);
  });

  it('keeps what comes before the account is named', () => {
    const nobody = fromSnapshot({ revision: 1, app: { ...app, accounts: [] }, changes: [] });
    const early = withBatch(nobody, { revision: 2, changes: [change('typing', 'c', ['ines'])] });
    const named = early && withBatch(early, { revision: 3, app, changes: [] });
    expect(stateOf(named)?.typing.get('c')).toEqual(['ines']);
  });

  it('forgets an account that is signed out', () => {
    const next = withBatch(start, { revision: 6, app: { ...app, accounts: [] }, changes: [] });
    expect(next?.accounts.size).toBe(0);
  });
});
