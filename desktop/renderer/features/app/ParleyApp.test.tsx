import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forGood } from '@parley/shared/model/notices.ts';
import { ids } from '../../testing/choir.ts';
import { fakeAccount } from '../../testing/fake-world.ts';
import { choirNow, renderApp } from '../../testing/render-app.tsx';

const selected = () =>
  within(screen.getByRole('list', { name: 'Conversations' })).queryByRole('button', { current: true });
const callsOf = (app: { fake: { calls: { command: string; input: unknown }[] } }, command: string) =>
  app.fake.calls.filter((call) => call.command === command).map(({ input }) => input);

describe('the window', () => {
  it('says that another tab has it, and takes it over', async () => {
    const { user } = await renderApp({ scene: 'elsewhere' });
    expect(screen.getByRole('heading', { name: 'Parley is open in another tab' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Use it here' }));
    expect(await screen.findByRole('list', { name: 'Conversations' })).toBeVisible();
  });

  it('says that nothing is kept here, until that is closed', async () => {
    const { user } = await renderApp({ storage: 'memory' });
    await user.click(screen.getByText('Gwen Hollis'));
    const title = await screen.findByText('Nothing is kept on this device');
    expect(title).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(title).not.toBeInTheDocument();
  });

  it('counts what is unread in its title, and nothing of what is muted', async () => {
    const { fake } = await renderApp();
    expect(document.title).toBe('(18) Parley');
    act(() => {
      for (let count = 0; count < 90; count += 1) fake.receive(ids.mum, ids.mum, 'Hello');
    });
    expect(document.title).toBe('(99+) Parley');
    await act(() => fake.call('setNotices', { account: fakeAccount, conversationId: ids.mum, mutedUntil: forGood }));
    expect(document.title).toBe('(17) Parley');
  });

  it('speaks what arrives, and not what was there', async () => {
    const { fake } = await renderApp();
    const arrivals = screen.getByTestId('arrivals');
    expect(arrivals).toHaveTextContent('');
    act(() => fake.receive(ids.advent, ids.noor, 'Bar 41?'));
    expect(arrivals).toHaveTextContent('Noor in Advent concert: Bar 41?');
    act(() => fake.receive(ids.mum, ids.mum, 'The blue one'));
    expect(arrivals).toHaveTextContent('Mum: The blue one');
  });

  describe('speaks what somebody new writes', () => {
    const stranger = 'u-stranger';
    afterEach(() => vi.useRealTimers());

    async function receiveFromStranger() {
      const { fake } = await renderApp();
      vi.useFakeTimers();
      act(() => fake.receive(ids.advent, stranger, 'Hello all'));
      expect(screen.getByTestId('arrivals')).toHaveTextContent('');
      return fake;
    }

    it('once their name is known', async () => {
      const fake = await receiveFromStranger();
      act(() => {
        fake.people.set(stranger, { userId: stranger, name: 'Zoe Marsh', ownName: 'Zoe Marsh' });
        fake.publishAll();
      });
      expect(screen.getByTestId('arrivals')).toHaveTextContent('Zoe in Advent concert: Hello all');
    });

    it('without their name where it does not come', async () => {
      await receiveFromStranger();
      act(() => void vi.advanceTimersByTime(2_999));
      expect(screen.getByTestId('arrivals')).toHaveTextContent('');
      act(() => void vi.advanceTimersByTime(1));
      expect(screen.getByTestId('arrivals')).toHaveTextContent('Someone in Advent concert: Hello all');
    });
  });

  it('asks for the presence of those on screen', async () => {
    const app = await renderApp();
    const [first] = callsOf(app, 'watchPresence');
    expect(first).toMatchObject({ userIds: expect.arrayContaining([ids.ines, ids.mum, ids.samuel]) });
    expect(JSON.stringify(first)).not.toContain(ids.maud);
    await app.user.click(screen.getByText('Advent concert'));
    await waitFor(() =>
      expect(callsOf(app, 'watchPresence').at(-1)).toMatchObject({ userIds: expect.arrayContaining([ids.ruth]) }),
    );
  });
});

describe('the foot', () => {
  it('tries again now', async () => {
    const { user, fake } = await renderApp({ connection: { kind: 'no-answer', retryAt: Date.now() + 60_000 } });
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(fake.account.connection.kind).toBe('current');
    expect(screen.getByRole('button', { name: 'Settings' })).toBeVisible();
  });

  it('counts the seconds', async () => {
    await renderApp({ connection: { kind: 'no-answer', retryAt: Date.now() + 60_000 } });
    expect(screen.getByText(/Trying again in (60|61) s/)).toBeVisible();
    expect(await screen.findByText(/Trying again in 5\d s/)).toBeVisible();
  });

  it('signs in again to the same account', async () => {
    const { user, fake } = await renderApp({ connection: { kind: 'signed-out' } });
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign in again' });
    expect(within(dialog).getByLabelText('Email')).toHaveValue(fake.account.email);
    await user.type(within(dialog).getByLabelText('Password'), 'secret words{Enter}');
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(fake.calls.find(({ command }) => command === 'signIn')?.input).toMatchObject({
      address: fake.account.serverAddress,
    });
  });
});

describe('the keyboard', () => {
  it('steps through conversations, and through unread ones', async () => {
    const { user } = await renderApp();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(selected()).toHaveTextContent('Ines Duarte');
    await user.keyboard('{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}');
    expect(selected()).toHaveTextContent('Advent concert');
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(selected()).toHaveTextContent('Ines Duarte');
  });

  it('goes to a person with Ctrl+K, and closes with Esc', async () => {
    const { user } = await renderApp();
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox');
    await waitFor(() => expect(field).toHaveFocus());
    await user.keyboard('samuel');
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Samuel Okafor');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(selected()).toHaveTextContent('Samuel Okafor'));
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('moves through what the switcher offers, and around', async () => {
    const { user } = await renderApp();
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox');
    await waitFor(() => expect(field).toHaveFocus());
    await user.keyboard('{ArrowUp}');
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Open the settings');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'Your profile' })).toBeVisible();
  });

  it('lists itself', async () => {
    const { user } = await renderApp();
    await user.keyboard('{Control>}/{/Control}');
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard' });
    expect(within(sheet).getByText('Next unread conversation')).toBeVisible();
  });

  it('closes the settings, then the details', async () => {
    const { user } = await renderApp();
    await user.click(screen.getByText('Gwen Hollis'));
    await user.click(screen.getByRole('button', { name: 'Show details' }));
    await user.keyboard('{Control>},{/Control}');
    expect(screen.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Your profile' })).toHaveFocus());
    await user.keyboard('{Escape}');
    expect(screen.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary', { name: 'Details' })).toBeNull();
  });
});

describe('the focus', () => {
  it('goes back to what opened the details', async () => {
    const { user } = await renderApp();
    await user.click(screen.getByText('Gwen Hollis'));
    const toggle = screen.getByRole('button', { name: 'Show details' });
    await user.click(toggle);
    await user.click(within(screen.getByRole('complementary')).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Show details' })).toHaveFocus());
  });

  it('starts in the field of a dialog and goes back to the button that opened it', async () => {
    const { user } = await renderApp();
    const button = screen.getByRole('button', { name: 'New conversation' });
    await user.click(button);
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(within(dialog).getByRole('textbox')).toHaveFocus());
    await user.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus());
  });

  it('moves through the parts of the window with F6', async () => {
    const { user } = await renderApp();
    await user.click(screen.getByText('Gwen Hollis'));
    screen.getByRole('searchbox').focus();
    await user.keyboard('{F6}');
    expect(screen.getByRole('region', { name: 'Gwen Hollis' })).toContainElement(document.activeElement as HTMLElement);
    await user.keyboard('{F6}');
    await waitFor(() => expect(selected()).toHaveFocus());
  });
});

describe('the settings', () => {
  it('rename, and say why not', async () => {
    const { user, fake } = await renderApp();
    await user.keyboard('{Control>},{/Control}');
    const name = screen.getByLabelText('Name');
    await user.clear(name);
    expect(screen.getByText('Type your name first.')).toBeVisible();
    fake.failures.set('updateProfile', { code: 'not_connected' });
    await user.type(name, 'Maud E.{Enter}');
    expect(await screen.findByText('No connection right now. Nothing was changed.')).toBeVisible();
    expect(name).toHaveValue('Maud E.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(fake.account.name).toBe('Maud E.'));
  });

  it('change theme and language on this device', async () => {
    const { user, preferences } = await renderApp();
    await user.keyboard('{Control>},{/Control}');
    await user.click(screen.getByRole('button', { name: 'Appearance' }));
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    await user.click(screen.getByRole('button', { name: 'Language' }));
    await user.click(screen.getByRole('radio', { name: 'Deutsch' }));
    expect(preferences.getState()).toEqual({ theme: 'dark', language: 'de' });
    await user.click(screen.getByRole('radio', { name: 'As the system' }));
    expect(preferences.getState()).toEqual({ theme: 'dark' });
  });

  it('sign out without the server only when asked again, and say what stays behind', async () => {
    const { user, fake } = await renderApp();
    await user.keyboard('{Control>},{/Control}');
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    const question = await screen.findByRole('alertdialog');
    fake.failures.set('signOut', { code: 'not_connected' });
    await user.click(within(question).getByRole('button', { name: 'Sign out' }));
    expect(await within(question).findByText('No connection right now. Nothing was changed.')).toBeVisible();
    expect(question).toHaveTextContent('The server cannot be told.');
    fake.failures.delete('signOut');
    await user.click(within(question).getByRole('button', { name: 'Sign out anyway' }));
    expect(await screen.findByLabelText('Server address')).toBeVisible();
    expect(fake.calls.findLast(({ command }) => command === 'signOut')?.input).toMatchObject({ force: true });
  });

  it('sign out, and ask first when something would be lost', async () => {
    const { user, fake } = await renderApp({ connection: { kind: 'offline', since: choirNow } });
    await act(() => fake.call('sendMessage', { account: '', conversationId: ids.ines, text: 'Still here' }));
    await user.keyboard('{Control>},{/Control}');
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    const question = await screen.findByRole('alertdialog');
    expect(question).toHaveTextContent('1 message has not reached the server yet.');
    await waitFor(() => expect(within(question).getByRole('button', { name: 'Stay' })).toHaveFocus());
    await user.click(within(question).getByRole('button', { name: 'Sign out anyway' }));
    expect(await screen.findByLabelText('Server address')).toBeVisible();
    expect(fake.calls.find(({ command }) => command === 'signOut')?.input).toMatchObject({ force: true });
  });
});
