import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ids } from '../../testing/choir.ts';
import { FakeShell } from '../../testing/fake-shell.ts';
import { fakeAccount, secondAccount } from '../../testing/fake-world.ts';
import { renderApp, type RunningApp } from '../../testing/render-app.tsx';

const list = () => within(screen.getByRole('list', { name: 'Conversations' }));
const row = (text: RegExp) => list().getByRole('button', { name: text });
const choir = 'chat.harbourchoir.example';
const joiners = 'parley.joiners.example';
const foot = () => screen.getByLabelText('You and your server');
const callsOf = ({ fake }: RunningApp, command: string) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input);

describe('the list over two accounts', () => {
  it('says whose a conversation is only where another has one of the same title', async () => {
    await renderApp({ hasSecond: true });
    expect(list().getAllByText('Ines Duarte')).toHaveLength(2);
    expect(row(/Ines Duarte.*parley\.joiners/)).toBeVisible();
    expect(row(/Ines Duarte.*chat\.harbourchoir/)).toBeVisible();
    expect(row(/Tobias Rehm/)).not.toHaveTextContent(choir);
  });

  it('counts what is unread in both', async () => {
    const { fake } = await renderApp({ hasSecond: true });
    act(() => fake.second?.receive(ids.gwen, ids.gwen, 'The right hinges'));
    expect(document.title).toBe('(19) Parley');
    expect(screen.getAllByTestId('arrivals').map(({ textContent }) => textContent)).toContain('Gwen: The right hinges');
  });

  it('is found by name, as one', async () => {
    const { user } = await renderApp({ hasSecond: true });
    await user.keyboard('{Control>}k{/Control}');
    await waitFor(() => expect(screen.getByRole('combobox')).toHaveFocus());
    await user.keyboard('worksh');
    expect(screen.getAllByRole('option', { name: /Workshop/ })).toHaveLength(2);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByRole('heading', { name: new RegExp(`Workshop.*${joiners}`) })).toBeVisible();
  });
});

describe('what is done in a conversation', () => {
  it('goes to the account it belongs to', async () => {
    const app = await renderApp({ hasSecond: true });
    const { user } = app;
    await user.click(row(/Ines Duarte.*parley\.joiners/));
    expect(foot()).toHaveTextContent(joiners);
    const field = () => screen.getByRole('textbox', { name: /^Message to Ines/ });
    await user.type(field(), 'To the joiners{Enter}');
    await waitFor(() => expect(callsOf(app, 'sendMessage')).toHaveLength(1));
    await user.click(row(/Ines Duarte.*chat\.harbourchoir/));
    expect(field()).toHaveValue('');
    await user.type(field(), 'To the choir{Enter}');
    await waitFor(() => expect(callsOf(app, 'sendMessage')).toHaveLength(2));
    expect(callsOf(app, 'sendMessage')).toMatchObject([
      { account: secondAccount, conversationId: ids.ines, text: 'To the joiners' },
      { account: fakeAccount, conversationId: ids.ines, text: 'To the choir' },
    ]);
  });

  it('leaves a draft with the one it was typed in', async () => {
    const { user } = await renderApp({ hasSecond: true });
    await user.click(row(/Gwen Hollis.*parley\.joiners/));
    await user.type(screen.getByRole('textbox', { name: /^Message to Gwen/ }), 'Half a');
    await user.click(row(/Gwen Hollis.*chat\.harbourchoir/));
    expect(screen.getByRole('textbox', { name: /^Message to Gwen/ })).toHaveValue('');
    expect(row(/Gwen Hollis.*parley\.joiners/)).toHaveTextContent('Half a');
  });

  it('is led to by the desktop app, in the right one', async () => {
    const shell = new FakeShell();
    await renderApp({ hasSecond: true, shell });
    act(() => shell.tell({ kind: 'open', target: { account: secondAccount, conversationId: ids.workshop } }));
    expect(row(/Workshop.*parley\.joiners/)).toHaveAttribute('aria-current', 'true');
    expect(row(/Workshop.*chat\.harbourchoir/)).not.toHaveAttribute('aria-current');
  });
});

describe('the foot', () => {
  it('speaks of the worst account, and of the one whose conversation is in front', async () => {
    const { user, fake } = await renderApp({ hasSecond: true });
    act(() => fake.second?.setConnection({ kind: 'signed-out' }));
    expect(foot()).toHaveTextContent(joiners);
    expect(foot()).toHaveTextContent('Signed out here.');
    await user.click(row(/Tobias Rehm/));
    expect(foot()).toHaveTextContent(choir);
    expect(foot()).toHaveTextContent('Up to date');
  });

  it('signs in again where it says so', async () => {
    const app = await renderApp({ hasSecond: true });
    act(() => app.fake.second?.setConnection({ kind: 'signed-out' }));
    await app.user.click(screen.getByRole('button', { name: 'Sign in' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign in again' });
    await app.user.type(within(dialog).getByLabelText('Password'), 'secret words{Enter}');
    await waitFor(() => expect(callsOf(app, 'signIn')).toMatchObject([{ address: joiners }]));
  });

  it('chooses the account that new things are for', async () => {
    const app = await renderApp({ hasSecond: true });
    await app.user.click(within(foot()).getByRole('button', { name: /Maud/ }));
    await app.user.click(await screen.findByRole('menuitem', { name: new RegExp(joiners) }));
    await app.user.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(await screen.findByRole('dialog', { name: 'New conversation' })).toHaveTextContent(`Account: ${joiners}`);
  });
});

describe('accounts', () => {
  it('are added, whatever is open stays with the first', async () => {
    const app = await renderApp();
    const { user } = app;
    await user.click(within(foot()).getByRole('button', { name: /Maud/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Add an account' }));
    await user.type(screen.getByLabelText('Server address'), `${joiners}{Enter}`);
    await user.type(await screen.findByLabelText('Email'), 'maud@ekstrom-joinery.example');
    await user.type(screen.getByLabelText('Password'), 'secret words{Enter}');
    await waitFor(() => expect(list().getAllByText('Workshop')).toHaveLength(2));
    expect(foot()).toHaveTextContent(joiners);
  });

  it('are signed out one by one', async () => {
    const app = await renderApp({ hasSecond: true });
    const { user } = app;
    await user.click(row(/Workshop.*parley\.joiners/));
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(screen.getByRole('button', { name: 'Accounts' }));
    await user.click(screen.getByRole('button', { name: `Sign out of Maud Ekström, ${joiners}` }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Sign out' }));
    await waitFor(() => expect(screen.queryByText(joiners)).toBeNull());
    expect(callsOf(app, 'signOut')).toMatchObject([{ account: secondAccount }]);
    await user.click(screen.getByRole('button', { name: 'Back to the conversations' }));
    expect(list().getAllByText('Workshop')).toHaveLength(1);
    expect(list().queryByRole('button', { current: true })).toBeNull();
  });
});
