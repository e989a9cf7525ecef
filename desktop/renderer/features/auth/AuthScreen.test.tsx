import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ids } from '../../testing/choir.ts';
import { renderApp, type RunningApp } from '../../testing/render-app.tsx';

const address = () => screen.getByLabelText('Server address');
const email = () => screen.getByLabelText('Email');
const password = () => screen.getByLabelText('Password');

async function toSignIn({ user }: RunningApp, server = 'chat.example.org'): Promise<void> {
  await user.type(address(), `${server}{Enter}`);
  await screen.findByRole('heading', { name: 'Sign in to Parley' });
}

describe('first use', () => {
  it('asks for the server, and keeps what was typed when nobody answers', async () => {
    const { user } = await renderApp({ scene: 'signed-out' });
    await user.type(address(), 'nowhere.example.org{Enter}');
    expect(await screen.findByText('No answer from nowhere.example.org. Is the server running?')).toBeVisible();
    expect(address()).toHaveValue('nowhere.example.org');
    expect(address()).toHaveAttribute('aria-invalid', 'true');
    expect(address()).toHaveAccessibleDescription(/No answer/);
  });

  it('does not ask the server for nothing', async () => {
    const { user, fake } = await renderApp({ scene: 'signed-out' });
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.getByText('Type an address first.')).toBeVisible();
    expect(fake.calls).toEqual([]);
  });

  it('goes straight to signing in where the server is the page’s own', async () => {
    const { fake } = await renderApp({ scene: 'signed-out', server: 'fixed' });
    expect(screen.getByRole('heading', { name: 'Sign in to Parley' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Change' })).toBeNull();
    expect(fake.calls[0]).toEqual({ command: 'describeServer', input: {} });
  });

  it('goes back to the address, which is still there', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app);
    await app.user.click(screen.getByRole('button', { name: 'Change' }));
    expect(address()).toHaveValue('chat.example.org');
  });
});

describe('signing in', () => {
  it('says when the password does not match, keeps both, and gives the field the focus', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app);
    await app.user.type(email(), 'maud@example.org');
    await app.user.type(password(), 'wrong password{Enter}');
    expect(await screen.findByText('That password doesn’t match this email.')).toBeVisible();
    expect(email()).toHaveValue('maud@example.org');
    expect(password()).toHaveValue('wrong password');
    await waitFor(() => expect(password()).toHaveFocus());
  });

  it('opens the conversations', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app);
    await app.user.type(email(), ' maud@example.org ');
    await app.user.type(password(), ' right password {Enter}');
    expect(await screen.findByRole('list', { name: 'Conversations' })).toBeVisible();
    expect(app.fake.calls.find(({ command }) => command === 'signIn')?.input).toEqual({
      address: 'chat.example.org',
      email: 'maud@example.org',
      password: ' right password ',
    });
  });

  it('says what belongs to no field below the form', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app);
    app.fake.failures.set('signIn', { code: 'rate_limited', retryAfterMs: 5000 });
    await app.user.type(email(), 'maud@example.org');
    await app.user.type(password(), 'something{Enter}');
    expect(await screen.findByText('That was a lot at once. Try again in 5 seconds.')).toBeVisible();
  });

  it('shows the password on demand', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app);
    expect(password()).toHaveAttribute('type', 'password');
    await app.user.click(screen.getByRole('button', { name: 'Show the password' }));
    expect(password()).toHaveAttribute('type', 'text');
  });
});

describe('signing up', () => {
  async function toSignUp(app: RunningApp): Promise<void> {
    await toSignIn(app);
    await app.user.click(screen.getByRole('button', { name: 'Make a new account' }));
  }

  it('is not offered where the server takes nobody', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignIn(app, 'closed.example.org');
    expect(screen.queryByRole('button', { name: 'Make a new account' })).toBeNull();
    expect(screen.getByText('This server takes no new accounts. Ask whoever runs it.')).toBeVisible();
  });

  it('begins at the first field, and so does going back', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignUp(app);
    expect(screen.getByLabelText('Your name')).toHaveFocus();
    await app.user.click(screen.getByRole('button', { name: 'I have an account already' }));
    expect(email()).toHaveFocus();
  });

  it('checks what can be checked here, and starts at the first field', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignUp(app);
    await app.user.type(email(), 'maud@home');
    await app.user.type(password(), 'short');
    await app.user.click(screen.getByRole('button', { name: 'Make the account' }));
    expect(screen.getByText('Type your name first.')).toBeVisible();
    expect(screen.getByText('That doesn’t look like an email.')).toBeVisible();
    expect(screen.getByText('Take at least 8 characters.')).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('Your name')).toHaveFocus());
    expect(app.fake.calls.some(({ command }) => command === 'register')).toBe(false);
  });

  it('takes a name as long as it is, and says by how much it is too long', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignUp(app);
    const name = screen.getByLabelText('Your name');
    await app.user.click(name);
    await app.user.paste('M'.repeat(82));
    expect(name).toHaveValue('M'.repeat(82));
    expect(screen.getByText('2 characters more than a name may have')).toBeVisible();
    await app.user.type(email(), 'maud@example.org');
    await app.user.type(password(), 'a few good words{Enter}');
    expect(name).toHaveFocus();
    expect(app.fake.calls.some(({ command }) => command === 'register')).toBe(false);
  });

  it('makes the account', async () => {
    const app = await renderApp({ scene: 'signed-out' });
    await toSignUp(app);
    await app.user.type(screen.getByLabelText('Your name'), 'Maud');
    await app.user.type(email(), 'taken@example.org');
    await app.user.type(password(), 'a few good words{Enter}');
    expect(await screen.findByText('Somebody already uses this email here. Sign in instead?')).toBeVisible();
    await app.user.clear(email());
    await app.user.type(email(), 'maud@example.org{Enter}');
    await waitFor(() => expect(screen.getByRole('list', { name: 'Conversations' })).toBeVisible());
  });
});

it.each([
  [0, 'Signed out here. Sign in to go on.'],
  [1, 'Signed out here. What you wrote is still waiting on this device.'],
])('signing in again, with %i messages waiting, says what that is for', async (waiting, words) => {
  const app = await renderApp({
    connection: { kind: 'signed-out' },
    prepare: (fake) => {
      const conversation = fake.conversations.get(ids.tobias);
      const last = conversation?.messages.at(-1);
      if (waiting > 0 && last) conversation?.put({ ...last, delivery: 'waiting' });
      fake.publishAll();
    },
  });
  const foot = within(screen.getByLabelText('You and your server'));
  await app.user.click(foot.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('dialog', { name: 'Sign in again' })).toHaveAccessibleDescription(words);
});
