import { expect, it } from 'vitest';
import { FakeShell, quietShell } from '../../testing/fake-shell.ts';
import { followShell, takeErrands } from './shell-store.ts';

it('knows what the desktop app last told', () => {
  const api = new FakeShell();
  const shell = followShell(api);
  expect(shell.store.getState().view).toMatchObject({ platform: quietShell.platform, canNotify: true });
  api.show({ canNotify: false });
  expect(shell.store.getState().view?.canNotify).toBe(false);
});

it('keeps errands in their order until they are taken, once', () => {
  const api = new FakeShell();
  const shell = followShell(api);
  const errands = [
    { kind: 'command', command: 'settings' },
    { kind: 'add-server', address: 'parley.joiners.example' },
  ] as const;
  errands.forEach((errand) => api.tell(errand));
  expect(takeErrands(shell)).toEqual(errands);
  expect(takeErrands(shell)).toEqual([]);
});
