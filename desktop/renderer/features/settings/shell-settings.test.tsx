import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ShellView } from '../../../ipc/shell-api.ts';
import { FakeShell } from '../../testing/fake-shell.ts';
import { renderApp } from '../../testing/render-app.tsx';

async function openSettings(section: string, view: Partial<ShellView> = {}) {
  const shell = new FakeShell(view);
  const app = await renderApp({ shell });
  await app.user.click(screen.getByRole('button', { name: 'Settings' }));
  await app.user.click(screen.getByRole('button', { name: section }));
  return { ...app, shell };
}
const control = (name: string) => screen.getByRole('switch', { name });
const login = 'Start when I sign in to this computer';
const hidden = 'Start without a window';
const tray = 'Keep running when the window is closed';

describe('this computer', () => {
  it('starts Parley, and hides it only where it does', async () => {
    const { user, shell } = await openSettings('This computer');
    expect(control(hidden)).toHaveAttribute('aria-disabled', 'true');
    await user.click(control(login));
    await user.click(control(hidden));
    expect(shell.view.settings).toMatchObject({ startsAtLogin: true, startsHidden: false });
  });

  it('keeps it in the tray', async () => {
    const { user, shell } = await openSettings('This computer');
    await user.click(control(tray));
    expect(shell.view.settings.closesToTray).toBe(false);
  });

  it('says what follows where there is no tray', async () => {
    const { user } = await openSettings('This computer', { hasTray: false });
    await user.click(control(login));
    expect(control(hidden)).not.toBeChecked();
    expect(control(hidden)).toHaveAttribute('aria-disabled', 'true');
    expect(control(tray)).not.toBeChecked();
    expect(control(tray)).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText('There is no tray here: closing the window ends Parley.')).toBeVisible();
    expect(screen.getByText('There is no tray here, so the window comes up all the same.')).toBeVisible();
  });

  it('is not asked about the tray on macOS, where the dock keeps every app', async () => {
    await openSettings('This computer', { platform: 'mac' });
    expect(screen.queryByRole('switch', { name: tray })).toBeNull();
  });

  it('says what did not work', async () => {
    const { user, shell } = await openSettings('This computer');
    shell.failure = 'internal';
    await user.click(control(login));
    expect(await screen.findByText('That didn’t work on this computer. Try again.')).toBeVisible();
    expect(control(login)).not.toBeChecked();
  });
});

it('about Parley: its version, and what it is made of, by name and by licence', async () => {
  const { user } = await openSettings('About Parley', { version: '1.2.3', platform: 'windows' });
  expect(screen.getByText('1.2.3')).toBeVisible();
  expect(screen.getByText('Windows')).toBeVisible();
  const part = within(screen.getByRole('region', { name: 'What Parley is made of' }));
  expect(await part.findByText('5 packages')).toBeVisible();
  await user.type(part.getByRole('searchbox'), 'ofl');
  expect(part.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['hanken-grotesk 5.3.0OFL-1.1']);
  await user.clear(part.getByRole('searchbox'));
  await user.type(part.getByRole('searchbox'), 'nothing like it');
  expect(part.getByText('Nothing for “nothing like it” here.')).toBeVisible();
});

describe('updates', () => {
  const button = (name: string) => screen.getByRole('button', { name });

  it('are looked for, fetched and started, a step at a time', async () => {
    const { user, shell } = await openSettings('About Parley', { update: { kind: 'resting', checkedAt: undefined } });
    await user.click(button('Look for updates'));
    act(() => shell.show({ update: { kind: 'checking' } }));
    expect(screen.getByText('Looking for an update')).toBeVisible();
    await user.click(button('Look for updates'));
    act(() => shell.show({ update: { kind: 'offered', version: '1.3.0' } }));
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Get it' }));
    act(() => shell.show({ update: { kind: 'downloading', version: '1.3.0', percent: 40 } }));
    expect(screen.getByText('Fetching Parley 1.3.0, 40%')).toBeVisible();
    act(() => shell.show({ update: { kind: 'ready', version: '1.3.0' } }));
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Restart' }));
    expect(shell.calls.filter(({ command }) => command === 'update').map(({ input }) => input)).toEqual([
      { step: 'check' },
      { step: 'download' },
      { step: 'install' },
    ]);
  });

  it('say what went wrong, and that there are none', async () => {
    const { shell } = await openSettings('About Parley');
    expect(screen.getByText(/doesn’t look for updates/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Look for updates' })).toBeNull();
    act(() => shell.show({ update: { kind: 'resting', checkedAt: undefined, error: 'not-genuine' } }));
    expect(screen.getByText(/doesn’t carry the signature/)).toBeVisible();
    act(() => shell.show({ update: { kind: 'resting', checkedAt: Date.now() } }));
    expect(screen.getByText(/^This is the newest Parley/)).toBeVisible();
  });
});

it('a browser has only what it can do', async () => {
  const { user } = await renderApp({ server: 'fixed' });
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  const sections = within(screen.getByRole('navigation')).getAllByRole('listitem');
  expect(sections.map(({ textContent }) => textContent)).toEqual([
    'Your profile',
    'Appearance',
    'Notifications',
    'Language',
    'Keyboard',
  ]);
});
