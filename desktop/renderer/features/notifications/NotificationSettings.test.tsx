import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ids } from '../../testing/choir.ts';
import { FakeShell, quietShell } from '../../testing/fake-shell.ts';
import { fakeAccount } from '../../testing/fake-world.ts';
import { choirNow, renderApp } from '../../testing/render-app.tsx';

async function openNotifications(shell = new FakeShell({}, choirNow)) {
  const app = await renderApp({ shell });
  await app.user.click(screen.getByRole('button', { name: 'Settings' }));
  await app.user.click(screen.getByRole('button', { name: 'Notifications' }));
  return { ...app, shell };
}
const notices = (shell: FakeShell) => shell.view.settings.notifications;
const part = (name: string) => within(screen.getByRole('region', { name }));

describe('the settings of notifications', () => {
  it('are switched, chosen and kept by the desktop app', async () => {
    const { user, shell } = await openNotifications();
    await user.click(screen.getByRole('switch', { name: 'Show notifications' }));
    await user.click(screen.getByRole('radio', { name: 'Mentions' }));
    await user.click(screen.getByRole('switch', { name: 'Sound' }));
    await user.click(screen.getByRole('combobox', { name: 'What a notification shows' }));
    await user.click(await screen.findByRole('option', { name: 'Name only' }));
    const before = quietShell.settings.notifications;
    expect(notices(shell)).toEqual({ ...before, isOn: false, choice: 'mentions', shows: 'name', hasSound: false });
    expect(screen.getByRole('switch', { name: 'Sound' })).not.toBeChecked();
  });

  it('say why a change did not go through, and show what holds', async () => {
    const { user, shell } = await openNotifications();
    shell.failure = 'local_store_failed';
    await user.click(screen.getByRole('switch', { name: 'Sound' }));
    expect(await screen.findByText('This device couldn’t save that. Is the disk full?')).toBeVisible();
    expect(screen.getByRole('switch', { name: 'Sound' })).toBeChecked();
  });

  it('take quiet hours as they are typed, and nothing that is no time', async () => {
    const { user, shell } = await openNotifications();
    const from = screen.getByLabelText('Quiet from');
    expect(from).toHaveValue('21:30');
    fireEvent.change(from, { target: { value: '22:05' } });
    await waitFor(() => expect(notices(shell).quietHours.fromMinute).toBe(22 * 60 + 5));
    fireEvent.change(from, { target: { value: '' } });
    expect(notices(shell).quietHours.fromMinute).toBe(22 * 60 + 5);
    fireEvent.blur(from);
    expect(from).toHaveValue('22:05');
    await user.click(screen.getByRole('switch', { name: 'Quiet hours' }));
    expect(notices(shell).quietHours).toEqual({ isOn: false, fromMinute: 22 * 60 + 5, untilMinute: 7 * 60 + 30 });
  });

  it('snooze, and resume', async () => {
    const { user, shell } = await openNotifications();
    const before = Date.now();
    await user.click(screen.getByRole('button', { name: '1 hour' }));
    expect(notices(shell).snoozedUntil).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(await screen.findByText(/No notifications until/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(notices(shell).snoozedUntil).toBe(0);
    expect(await screen.findByRole('button', { name: 'Until tomorrow' })).toBeVisible();
  });
});

it('conversations with their own rule are listed, and lead to where it is changed', async () => {
  const { user, fake } = await openNotifications();
  expect(screen.queryByRole('region', { name: 'Conversations with their own rule' })).toBeNull();
  await act(async () => {
    await fake.call('setNotices', {
      account: fakeAccount,
      conversationId: ids.advent,
      notify: 'mentions',
      mutedUntil: 0,
    });
  });
  const rules = part('Conversations with their own rule');
  expect(rules.getByRole('listitem')).toHaveTextContent('Advent concertMentions');
  await user.click(rules.getByRole('button', { name: 'Change the notifications of Advent concert' }));
  expect(screen.getByRole('complementary', { name: 'Details' })).toHaveTextContent('Advent concert');
});

describe('are they getting through', () => {
  it('says what was shown last, and sends a test', async () => {
    const { user, shell } = await openNotifications();
    expect(part('Are they getting through?').getByText(/^Last one shown at 12:02.*: Advent concert$/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(shell.calls.at(-1)).toEqual({ command: 'testNotification', input: {} });
  });

  it('says when this computer shows none', async () => {
    await openNotifications(new FakeShell({ canNotify: false }, choirNow));
    expect(part('Are they getting through?').getByText('This computer shows no notifications of Parley')).toBeVisible();
  });
});

describe('why somebody was told, or not', () => {
  it('is said of every message, the newest first, a few of them at first', async () => {
    const { user } = await openNotifications();
    // The region of the machine decides how a time is written.
    const rows = () =>
      part('Why was I told, or not?')
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent.replace(/\s[AP]M/u, ''));
    await waitFor(() => expect(rows()).toHaveLength(5));
    expect(rows().slice(0, 4)).toEqual([
      '12:02Advent concertShown, it calls you',
      '11:52MumShown',
      '11:48Ines DuarteNot shown, it was on screen',
      '10:48Altos12 messagesNot shown, the conversation is muted',
    ]);
    await user.click(screen.getByRole('button', { name: 'Show all 6' }));
    expect(rows()).toHaveLength(6);
  });

  it('says when nothing has come', async () => {
    const shell = new FakeShell({}, choirNow);
    shell.records = [];
    await openNotifications(shell);
    expect(await screen.findByText('Nothing has come since Parley started.')).toBeVisible();
  });
});

it('in a browser, say what counts there and which conversations differ', async () => {
  const app = await renderApp({
    prepare: (fake) => {
      const conversation = fake.conversations.get(ids.gwen);
      if (conversation) conversation.view = { ...conversation.view, notify: 'nothing' };
      fake.publishAll();
    },
  });
  await app.user.click(screen.getByRole('button', { name: 'Settings' }));
  await app.user.click(screen.getByRole('button', { name: 'Notifications' }));
  expect(screen.getByText('All conversations')).toBeVisible();
  expect(part('Conversations with their own rule').getByText('Gwen Hollis')).toBeVisible();
});
