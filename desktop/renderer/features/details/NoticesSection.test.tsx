import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { forGood } from '@parley/shared/model/notices.ts';
import { renderApp, type RunningApp } from '../../testing/render-app.tsx';

async function openNotices({ user }: RunningApp, name: string): Promise<HTMLElement> {
  await user.click(within(screen.getByRole('list', { name: 'Conversations' })).getByText(name));
  await user.click(screen.getByRole('button', { name: 'Show details' }));
  return screen.findByRole('region', { name: 'Notifications' });
}

async function choose({ user }: RunningApp, section: HTMLElement, entry: string): Promise<void> {
  await user.click(within(section).getByRole('button', { name: 'Change the notifications' }));
  await user.click(await screen.findByRole('menuitem', { name: entry }));
}

it('says what of a conversation is heard of, and changes it', async () => {
  const app = await renderApp();
  const section = await openNotices(app, 'Mum');
  expect(section).toHaveTextContent('As for all conversations');
  await choose(app, section, 'Mentions');
  expect(section).toHaveTextContent('Mentions');
  expect(app.fake.calls.at(-1)).toMatchObject({ command: 'setNotices', input: { notify: 'mentions', mutedUntil: 0 } });
  await app.user.click(within(section).getByRole('button', { name: 'Change the notifications' }));
  expect(await screen.findByRole('menuitem', { current: true })).toHaveTextContent('Mentions');
});

it('a muted conversation says so in the list, its count is no call to read, and it can be unmuted', async () => {
  const app = await renderApp();
  const section = await openNotices(app, 'Mum');
  await choose(app, section, 'Mute for good');
  expect(app.fake.calls.at(-1)?.input).toMatchObject({ mutedUntil: forGood });
  expect(section).toHaveTextContent('Muted');
  const row = within(screen.getByRole('list', { name: 'Conversations' })).getByRole('button', { name: /Mum/ });
  expect(row).toHaveTextContent('Muted');
  await choose(app, section, 'Unmute');
  expect(row).not.toHaveTextContent('Muted');
});
