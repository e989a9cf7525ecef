import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, test, vi } from 'vitest';
import type { MessageView } from '../../../engine/api/views.ts';
import { AccountProvider, EngineProvider } from '../../client/engine-context.ts';
import { createClientStore, followEngine } from '../../client/follow-engine.ts';
import { languages, startI18n } from '../../i18n/start-i18n.ts';
import { ids } from '../../testing/choir.ts';
import { FakeEngine } from '../../testing/fake-engine.ts';
import { fakeAccount } from '../../testing/fake-world.ts';
import { choirNow } from '../../testing/render-app.tsx';
import { RowView } from './RowView.tsx';
import { type ThreadActions, ThreadActionsProvider } from './thread-actions.ts';
import type { MessageRow, ThreadRow } from './thread-rows.ts';

function said(more: Partial<MessageView> = {}): MessageView {
  return {
    id: 'm7',
    conversationId: 'c',
    seq: 7,
    order: 7,
    at: choirNow,
    authorId: ids.ines,
    isMine: false,
    content: { kind: 'text', text: 'See you at the side door.' },
    ...more,
  };
}
const mine = (more: Partial<MessageView> = {}) => said({ authorId: ids.maud, isMine: true, delivery: 'sent', ...more });
const spoken = (message: MessageView, more: Partial<MessageRow> = {}): MessageRow => ({
  kind: 'message',
  key: message.id,
  message,
  isGroupStart: true,
  isGroupEnd: true,
  isNewestOwn: false,
  ...more,
});

async function drawRow(row: ThreadRow, isInGroup = false) {
  const engine = new FakeEngine({ now: choirNow });
  const store = createClientStore();
  followEngine(engine, store);
  const actions = {
    reply: vi.fn<ThreadActions['reply']>(),
    jumpTo: vi.fn<ThreadActions['jumpTo']>(),
    retry: vi.fn<ThreadActions['retry']>(),
    discard: vi.fn<ThreadActions['discard']>(),
  };
  const [english] = languages;
  if (!english) throw new Error('There are no languages');
  const { container } = render(
    <I18nextProvider i18n={startI18n(english)}>
      <EngineProvider value={{ engine, store }}>
        <AccountProvider value={fakeAccount}>
          <ThreadActionsProvider value={actions}>
            <RowView row={row} isInGroup={isInGroup} isRinged={false} />
          </ThreadActionsProvider>
        </AccountProvider>
      </EngineProvider>
    </I18nextProvider>,
  );
  await vi.waitFor(() => expect(store.getState().accounts.size).toBe(1));
  return { actions, container, user: userEvent.setup() };
}

describe('a message', () => {
  test('is named after who spoke and when', async () => {
    await drawRow(spoken(said()));
    expect(await screen.findByRole('article', { name: /^Ines Duarte, 12:04/ })).toHaveTextContent('side door');
  });

  test.each([
    ['waiting', /^You, 12:04.*, Waiting$/],
    ['read', /^You, 12:04.*, Read$/],
    ['failed', /^You, 12:04.*, Not sent\.$/],
  ] as const)('of one’s own is named with how far it has come, which the focus covers: %s', async (delivery, name) => {
    await drawRow(spoken(mine({ delivery })));
    const article = screen.getByRole('article');
    act(() => article.focus());
    expect(article).toHaveAccessibleName(name);
  });

  test('of somebody else has a name in a group only, above the first of theirs', async () => {
    await drawRow(spoken(said()), true);
    expect(await screen.findByText('Ines Duarte')).toBeInTheDocument();
    await drawRow(spoken(said({ id: 'm8' }), { isGroupStart: false }), true);
    await drawRow(spoken(said({ id: 'm9' })), false);
    expect(screen.getAllByText('Ines Duarte')).toHaveLength(1);
  });

  test('of somebody else tells its time below the last of theirs', async () => {
    const { container } = await drawRow(spoken(said(), { isGroupEnd: false }));
    expect(container.querySelector('time')).toBeNull();
  });

  test.each(['waiting', 'sent', 'delivered', 'read'] as const)('of one’s own shows that it is %s', async (delivery) => {
    await drawRow(spoken(mine({ delivery })));
    expect(screen.getByRole('img')).toHaveAttribute('data-delivery', delivery);
  });

  test('says its state in a word only when it is the newest own one', async () => {
    await drawRow(spoken(mine({ delivery: 'read' })));
    expect(screen.queryByText('Read')).not.toBeInTheDocument();
    await drawRow(spoken(mine({ delivery: 'read' }), { isNewestOwn: true }));
    expect(screen.getByText('Read')).toBeInTheDocument();
  });

  test('that was refused says why, and can be sent again or given up', async () => {
    const { actions, user } = await drawRow(spoken(mine({ delivery: 'failed', failure: 'not_a_member' })));
    expect(screen.getByText('Not sent. You are no longer in this group.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(actions.retry).toHaveBeenCalledExactlyOnceWith('m7');
    expect(actions.discard).toHaveBeenCalledExactlyOnceWith('m7');
  });

  test('leads to the one it answers', async () => {
    const replyTo = { id: 'm3', authorId: ids.maud, text: 'Where shall we meet?' };
    const { actions, user } = await drawRow(spoken(said({ content: { kind: 'text', text: 'Here', replyTo } })));
    const quote = screen.getByRole('button', { name: /Where shall we meet/ });
    expect(await within(quote).findByText('You')).toBeInTheDocument();
    await user.click(quote);
    expect(actions.jumpTo).toHaveBeenCalledExactlyOnceWith('m3');
  });

  test('says so when the one it answers is not on this device', async () => {
    await drawRow(spoken(said({ content: { kind: 'text', text: 'Here', replyTo: { id: 'm3' } } })));
    expect(screen.getByText('A message that isn’t here')).toBeInTheDocument();
  });

  test('offers its actions under the pointer', async () => {
    const { user } = await drawRow(spoken(said()));
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
    await user.hover(screen.getByRole('article'));
    expect(screen.getByRole('toolbar')).toBeInTheDocument();
  });

  test('offers its actions with the focus, to be answered and copied', async () => {
    const message = said();
    const { actions, user } = await drawRow(spoken(message));
    act(() => screen.getByRole('article').focus());
    await user.click(screen.getByRole('button', { name: 'Reply' }));
    expect(actions.reply).toHaveBeenCalledExactlyOnceWith(message);
    await user.click(screen.getByRole('button', { name: 'Copy the text' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe('See you at the side door.');
  });

  test('cannot be answered while it waits', async () => {
    const { seq: _none, ...waiting } = mine({ delivery: 'waiting' });
    const { user } = await drawRow(spoken(waiting));
    await user.hover(screen.getByRole('article'));
    expect(screen.queryByRole('button', { name: 'Reply' })).not.toBeInTheDocument();
  });

  test('that was deleted is told by Parley, without actions', async () => {
    const { user } = await drawRow(spoken(said({ content: { kind: 'scrubbed' } })));
    expect(await screen.findByText('Ines deleted this message')).toHaveClass('aside-voice');
    await user.hover(screen.getByRole('article'));
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
  });
});

describe('what a person wrote', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '[click](javascript:alert(1))',
    '{{constructor}} ${7*7} &lt;b&gt;',
    '**bold** `code` # heading',
    '\u202Egnp.exe\u202C  zalgo t̴̡͝',
  ])('is shown as it is: %s', async (text) => {
    const { container } = await drawRow(spoken(said({ content: { kind: 'text', text } })));
    expect(screen.getByRole('article').querySelector('p')?.textContent).toBe(text);
    expect(container.querySelector('script, img, a, b, strong, code, h1')).toBeNull();
  });

  test('opens addresses outside of Parley and tells them nothing', async () => {
    await drawRow(spoken(said({ content: { kind: 'text', text: 'At https://files.example/a?b=1 now' } })));
    const link = screen.getByRole('link', { name: 'https://files.example/a?b=1' });
    expect(link).toHaveAttribute('href', 'https://files.example/a?b=1');
    expect(link).toHaveAttribute('target', '_blank');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });
});

describe('the unread divider', () => {
  test('says since when: the time today, the day before that', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(choirNow);
    await drawRow({ kind: 'divider', key: 'divider', at: choirNow, since: choirNow });
    expect(screen.getByRole('heading', { name: /^New since 12:04/ })).toBeInTheDocument();
    await drawRow({ kind: 'divider', key: 'divider', at: choirNow, since: choirNow - 86_400_000 });
    expect(screen.getByRole('heading', { name: /^New since Fri 12:04/ })).toBeInTheDocument();
  });
});

describe('Parley speaks', () => {
  test.each([
    ['what happened', said({ content: { kind: 'system', event: { type: 'member-left' } } }), 'Ines left'],
    ['that something is hidden', said({ content: { kind: 'stub' } }), 'Not for you to see'],
    ['that something is too new', said({ content: { kind: 'unknown' } }), 'Something this Parley is too old to show'],
  ])('%s', async (_, message, words) => {
    await drawRow({ kind: 'line', key: message.id, message });
    expect(await screen.findByText(words)).toHaveClass('aside-voice');
  });
});
