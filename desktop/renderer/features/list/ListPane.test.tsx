import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ConversationView, MessageView } from '../../../engine/api/views.ts';
import { ids } from '../../testing/choir.ts';
import { renderApp } from '../../testing/render-app.tsx';

const rows = () => within(screen.getByRole('list', { name: 'Conversations' })).getAllByRole('button');
const row = (name: string) => {
  const found = rows().find((candidate) => candidate.textContent?.includes(name));
  if (!found) throw new Error(`There is no row for ${name}`);
  return found;
};
const names = () => rows().map((candidate) => candidate.querySelector('bdi')?.textContent);

describe('the list of conversations', () => {
  it('starts with the one something last happened in', async () => {
    const { fake } = await renderApp();
    expect(names().slice(0, 3)).toEqual(['Ines Duarte', 'Advent concert', 'Mum']);
    act(() => fake.receive(ids.samuel, ids.samuel, 'Thank you!'));
    expect(names()[0]).toBe('Samuel Okafor');
    expect(row('Samuel Okafor')).toHaveTextContent('Thank you!');
  });

  it('has a conversation just opened on top, without a time, until something is said in it', async () => {
    const { fake } = await renderApp();
    const conversation = fake.conversations.get(ids.samuel);
    if (!conversation) throw new Error('Samuel is missing');
    const { activeAt: _none, lastMessage: _nothing, ...view } = conversation.view;
    conversation.view = view;
    act(() => fake.publishAll());
    expect(names()[0]).toBe('Samuel Okafor');
    expect(row('Samuel Okafor').querySelector('time')).toBeNull();
  });

  it('tells who wrote what, how far it came, and how much is unread', async () => {
    await renderApp();
    expect(row('Advent concert')).toHaveTextContent(/Tobias: Poster’s at the printer’s.*5 unread messages/);
    expect(within(row('Tobias Rehm')).getByRole('img', { name: 'Read' })).toBeVisible();
    expect(within(row('Samuel Okafor')).getByRole('img', { name: 'Delivered' })).toBeVisible();
    expect(row('Mum')).toHaveTextContent('1 unread message');
  });

  it('shows what is typed before what was said, and who types before that', async () => {
    const { fake } = await renderApp();
    expect(row('Workshop')).toHaveTextContent('DraftThe oak arrives Tuesday, so we');
    act(() => fake.setTyping(ids.workshop, [ids.gwen]));
    expect(row('Workshop')).toHaveTextContent('Gwen is typing…');
    act(() => fake.setTyping(ids.workshop, [ids.gwen, ids.tobias]));
    expect(row('Workshop')).toHaveTextContent('several are typing…');
    act(() => fake.setTyping(ids.ines, [ids.ines]));
    expect(row('Ines Duarte')).toHaveTextContent('typing…');
  });

  it('tells what was deleted, and what happened to a group', async () => {
    const { fake } = await renderApp();
    const change = (id: string, content: MessageView['content']) => {
      const conversation = fake.conversations.get(id);
      if (conversation) conversation.view = withLast(conversation.view, content);
    };
    change(ids.gwen, { kind: 'scrubbed' });
    change(ids.altos, { kind: 'system', event: { type: 'title-changed', title: 'Altos' } });
    act(() => fake.publishAll());
    expect(row('Gwen Hollis')).toHaveTextContent('Gwen deleted this message');
    expect(row('Altos')).toHaveTextContent('Noor named the group “Altos”');
  });

  it('says that a message was not sent', async () => {
    const { fake } = await renderApp();
    const conversation = fake.conversations.get(ids.tobias);
    const last = conversation?.messages.at(-1);
    if (last) act(() => (conversation?.put({ ...last, delivery: 'failed' }), fake.publishAll()));
    expect(row('Tobias Rehm')).toHaveTextContent('Not sent: Invoice 214 is paid, thank you');
  });

  it('hides presence while nobody’s is known', async () => {
    const { fake } = await renderApp();
    expect(row('Mum')).toHaveTextContent('Online');
    act(() => fake.setConnection({ kind: 'offline', since: 0 }));
    expect(row('Mum')).not.toHaveTextContent('Online');
  });

  it('is one stop for Tab, with arrows inside', async () => {
    const { user } = await renderApp();
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, ...Array.from({ length: rows().length - 1 }, () => -1)]);
    rows()[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(rows()[2]).toHaveFocus();
    await user.keyboard('{End}');
    expect(rows().at(-1)).toHaveFocus();
    await user.keyboard('{Home}{Enter}');
    expect(rows()[0]).toHaveAttribute('aria-current', 'true');
  });

  it('finds conversations and people by name, and says when there is nothing', async () => {
    const { user } = await renderApp();
    const field = screen.getByRole('searchbox');
    await user.type(field, 'zielinski');
    expect(names()).toEqual(['Bartek Zieliński']);
    await user.clear(field);
    await user.type(field, 'marchetti');
    expect(screen.getByRole('button', { name: /Leo Marchetti/ })).toBeVisible();
    for (const ofMum of ['birgitta', 'birgitta@post.example']) {
      await user.clear(field);
      await user.type(field, ofMum);
      expect(names()).toEqual(['Mum']);
    }
    await user.clear(field);
    await user.type(field, 'xyzzy');
    expect(screen.getByText('Nothing for “xyzzy” here.')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(names()).toHaveLength(10);
  });

  it('offers one action when it is empty', async () => {
    const { user } = await renderApp({ scene: 'empty' });
    expect(screen.getByText('Your conversations will be listed here.')).toBeVisible();
    expect(screen.getByText('Quiet so far, Maud')).toBeVisible();
    const [, beside] = screen.getAllByRole('button', { name: 'Start a conversation' });
    if (beside) await user.click(beside);
    expect(await screen.findByRole('dialog', { name: 'New conversation' })).toBeVisible();
  });
});

function withLast(view: ConversationView, content: MessageView['content']): ConversationView {
  return view.lastMessage ? { ...view, lastMessage: { ...view.lastMessage, content } } : view;
}
