import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeShell, quietShell } from '../../testing/fake-shell.ts';
import { renderApp } from '../../testing/render-app.tsx';

const banners = () => screen.queryAllByRole('status').filter((part) => part.querySelector('button'));
const button = (name: string) => screen.getByRole('button', { name });
const withoutNotices = { ...quietShell.settings.notifications, isOn: false };

describe('without a keychain', () => {
  const title = 'You’ll be asked to sign in again after closing Parley';

  it('says what is lost, before any conversation is open, and asks it again', async () => {
    const shell = new FakeShell({ keychain: 'missing' });
    const { user } = await renderApp({ shell, storage: 'memory' });
    expect(screen.getByText(title)).toBeVisible();
    expect(screen.getByText(/What waits to be sent is lost when Parley closes/)).toBeVisible();
    await user.click(button('Try again'));
    expect(screen.queryByText(title)).toBeNull();
  });

  it('says that it still does not open, and that nothing may wait meanwhile', async () => {
    const shell = new FakeShell({ keychain: 'missing' });
    shell.keychainThen = 'missing';
    const { user, fake } = await renderApp({ shell, storage: 'memory' });
    await user.click(button('Try again'));
    expect(await screen.findByText(/The keychain still doesn’t open/)).toBeVisible();
    act(() => fake.setConnection({ kind: 'offline', since: 1 }));
    await user.click(screen.getByText('Gwen Hollis'));
    await user.type(screen.getByRole('textbox', { name: /^Message to Gwen/ }), 'Wait{Enter}');
    await user.click(button('Try again'));
    expect(await screen.findByText(/Trying again now would lose what waits to be sent/)).toBeVisible();
  });

  it('stays away once it is closed, and one banner is enough', async () => {
    const shell = new FakeShell({ keychain: 'missing', canNotify: false });
    const { user } = await renderApp({ shell, storage: 'memory' });
    expect(banners()).toHaveLength(1);
    await user.click(button('Close'));
    expect(screen.queryByText(title)).toBeNull();
    expect(screen.queryByText('Nothing is kept on this device')).toBeNull();
    expect(screen.getByText('This computer shows no notifications of Parley')).toBeVisible();
    await user.click(button('Close'));
    await user.click(button('Settings'));
    await user.click(button('Back to the conversations'));
    expect(banners()).toEqual([]);
  });
});

it('storage in memory is said in the words of the desktop', async () => {
  await renderApp({ shell: new FakeShell(), storage: 'memory' });
  expect(screen.getByText(/This computer’s keychain can’t be used/)).toBeVisible();
});

describe('notifications', () => {
  it('that cannot be shown can be tried', async () => {
    const shell = new FakeShell({ canNotify: false });
    const { user } = await renderApp({ shell });
    await user.click(button('Send a test'));
    expect(shell.calls.at(-1)?.command).toBe('testNotification');
    act(() => shell.show({ canNotify: true }));
    expect(banners()).toEqual([]);
  });

  it('that are off can be switched on', async () => {
    const shell = new FakeShell({ settings: { ...quietShell.settings, notifications: withoutNotices } });
    const { user } = await renderApp({ shell });
    await user.click(button('Turn them on'));
    expect(shell.view.settings.notifications).toEqual({ ...withoutNotices, isOn: true });
    expect(banners()).toEqual([]);
  });

  it('that are off are offered to nobody who has said no', async () => {
    const shell = new FakeShell({ settings: { ...quietShell.settings, notifications: withoutNotices } });
    const { user, preferences } = await renderApp({ shell });
    await user.click(button('Not now'));
    expect(banners()).toEqual([]);
    expect(preferences.getState().declinesNotices).toBe(true);
  });
});

describe('an update', () => {
  it('is offered, and started once it is there', async () => {
    const shell = new FakeShell({ update: { kind: 'offered', version: '1.3.0' } });
    const { user } = await renderApp({ shell });
    expect(screen.getByText('Parley 1.3.0 is here')).toBeVisible();
    await user.click(button('Get it'));
    act(() => shell.show({ update: { kind: 'downloading', version: '1.3.0', percent: 0 } }));
    expect(banners()).toEqual([]);
    act(() => shell.show({ update: { kind: 'ready', version: '1.3.0' } }));
    await user.click(button('Restart'));
    expect(shell.calls.map(({ input }) => input)).toEqual([{ step: 'download' }, { step: 'install' }]);
  });

  it('that failed says why, and stays away once it is closed', async () => {
    const shell = new FakeShell({ update: { kind: 'offered', version: '1.3.0', error: 'not-installed' } });
    const { user } = await renderApp({ shell });
    expect(screen.getByText(/couldn’t be installed/)).toBeVisible();
    await user.click(button('Close'));
    expect(banners()).toEqual([]);
  });
});

it('a browser hears nothing of it', async () => {
  await renderApp();
  expect(banners()).toEqual([]);
});
