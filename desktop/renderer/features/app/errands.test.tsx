import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ids } from '../../testing/choir.ts';
import { FakeShell } from '../../testing/fake-shell.ts';
import { fakeAccount } from '../../testing/fake-world.ts';
import { renderApp } from '../../testing/render-app.tsx';

const target = { account: fakeAccount, conversationId: ids.advent };
const selected = () =>
  within(screen.getByRole('list', { name: 'Conversations' })).queryByRole('button', { current: true });

describe('the desktop app leads', () => {
  it('to a conversation, whatever was in front of it', async () => {
    const shell = new FakeShell();
    const { user } = await renderApp({ shell });
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    act(() => shell.tell({ kind: 'open', target }));
    expect(selected()).toHaveTextContent('Advent concert');
  });

  it('to a message, once its thread is open', async () => {
    const shell = new FakeShell();
    const { fake } = await renderApp({ shell });
    const messageId = fake.conversations.get(ids.advent)?.messages[20]?.id ?? '';
    act(() => shell.tell({ kind: 'open', target: { ...target, messageId } }));
    await waitFor(() => expect(fake.conversations.get(ids.advent)?.thread?.focus?.messageId).toBe(messageId));
    const asked = fake.calls.map(({ command }) => command);
    expect(asked.indexOf('openThread')).toBeLessThan(asked.indexOf('jumpToMessage'));
  });

  it('nowhere for an account that is not here', async () => {
    const shell = new FakeShell();
    await renderApp({ shell });
    act(() => shell.tell({ kind: 'open', target: { ...target, account: 'https://elsewhere.example maud' } }));
    expect(selected()).toBeNull();
  });

  it('as a shortcut would, and not by a name that is none', async () => {
    const shell = new FakeShell();
    await renderApp({ shell });
    act(() => shell.tell({ kind: 'command', command: 'constructor' }));
    act(() => shell.tell({ kind: 'command', command: 'nextConversation' }));
    expect(selected()).toHaveTextContent('Ines Duarte');
    act(() => shell.tell({ kind: 'command', command: 'settings' }));
    expect(screen.getByRole('heading', { name: 'Your profile' })).toBeVisible();
  });

  it('only when there is something to lead through', async () => {
    const shell = new FakeShell();
    const { fake } = await renderApp({ shell, scene: 'elsewhere' });
    act(() => shell.tell({ kind: 'open', target }));
    await act(async () => void (await fake.call('useHere', {})));
    expect(selected()).toHaveTextContent('Advent concert');
  });
});

describe('a link to a server', () => {
  const address = 'parley.joiners.example';
  const field = () => screen.getByLabelText('Server address');

  it('fills in its address and asks nobody', async () => {
    const shell = new FakeShell();
    const { fake } = await renderApp({ shell, scene: 'signed-out' });
    act(() => shell.tell({ kind: 'add-server', address }));
    expect(field()).toHaveValue(address);
    expect(field()).toHaveFocus();
    expect(fake.calls).toEqual([]);
    act(() => shell.tell({ kind: 'add-server', address: 'other.example' }));
    expect(field()).toHaveValue('other.example');
  });

  it('leaves what is open where the person says no', async () => {
    const shell = new FakeShell();
    const { user } = await renderApp({ shell });
    await user.click(screen.getByText('Gwen Hollis'));
    act(() => shell.tell({ kind: 'add-server', address }));
    expect(field()).toHaveValue(address);
    await user.keyboard('{Escape}');
    expect(selected()).toHaveTextContent('Gwen Hollis');
  });
});

it('the desktop app is told what is on screen, and that it is no longer', async () => {
  const shell = new FakeShell();
  const { user } = await renderApp({ shell });
  const told = () => shell.calls.filter(({ command }) => command === 'reportOnScreen').map(({ input }) => input);
  expect(told()).toEqual([]);
  await user.click(screen.getByText('Gwen Hollis'));
  // Where it is scrolled to is for a browser to say: nothing has a size here.
  const shown = { account: fakeAccount, conversationId: ids.gwen, isAtNewest: expect.any(Boolean) };
  await waitFor(() => expect(told().at(-1)).toEqual({ shown }));
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  expect(told().at(-1)).toEqual({ shown: null });
});

it('an empty conversation is on screen, too', async () => {
  const shell = new FakeShell();
  const { user, fake } = await renderApp({ shell });
  await act(async () => void (await fake.call('openDirect', { account: fakeAccount, userId: ids.ruth })));
  await user.click(screen.getByText('Ruth Abelson'));
  await screen.findByText(/Nothing written yet. Say hello/);
  expect(shell.calls.at(-1)).toMatchObject({ input: { shown: { conversationId: ids.ruth, isAtNewest: true } } });
});
