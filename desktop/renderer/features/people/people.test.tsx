import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ids } from '../../testing/choir.ts';
import { renderApp, type RunningApp } from '../../testing/render-app.tsx';

async function openNew({ user }: RunningApp, action?: string): Promise<HTMLElement> {
  await user.click(screen.getByRole('button', { name: 'New conversation' }));
  const dialog = await screen.findByRole('dialog', { name: 'New conversation' });
  if (action === undefined) return dialog;
  await user.click(within(dialog).getByRole('button', { name: action }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  return screen.findByRole('dialog');
}

async function openDetails({ user }: RunningApp, name: string): Promise<HTMLElement> {
  await user.click(within(screen.getByRole('list', { name: 'Conversations' })).getByText(name));
  await user.click(screen.getByRole('button', { name: 'Show details' }));
  return screen.findByRole('complementary', { name: 'Details' });
}

describe('a new conversation', () => {
  it('starts with somebody known', async () => {
    const app = await renderApp();
    const dialog = await openNew(app);
    await app.user.type(within(dialog).getByRole('textbox'), 'leo');
    await app.user.click(within(dialog).getByRole('button', { name: /Leo Marchetti/ }));
    expect(await screen.findByRole('heading', { name: 'Leo Marchetti' })).toBeVisible();
  });

  it('starts with an exact e-mail, or says that nobody uses it and keeps it', async () => {
    const app = await renderApp();
    const dialog = await openNew(app, 'Add someone by email');
    const email = within(dialog).getByLabelText('Their email');
    await app.user.type(email, 'nobody@example.org{Enter}');
    expect(await screen.findByText('Nobody here uses that email. Check the spelling.')).toBeVisible();
    expect(email).toHaveValue('nobody@example.org');
    await app.user.clear(email);
    await app.user.type(email, 'dana@example.org');
    await app.user.type(within(dialog).getByLabelText(/Name for them/), 'Dana{Enter}');
    expect(await screen.findByRole('heading', { name: 'Dana' })).toBeVisible();
  });

  it('goes on with Enter to whoever was found, or to adding the address that was typed', async () => {
    const app = await renderApp();
    const dialog = await openNew(app);
    await app.user.type(within(dialog).getByRole('textbox'), 'ben@club.example');
    expect(within(dialog).getByRole('button', { name: 'Add ben@club.example' })).toBeVisible();
    await app.user.keyboard('{Enter}');
    const email = await screen.findByLabelText('Their email');
    expect(email).toHaveValue('ben@club.example');
    await app.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const again = await openNew(app);
    await app.user.type(within(again).getByRole('textbox'), 'leo{Enter}');
    expect(await screen.findByRole('heading', { name: 'Leo Marchetti' })).toBeVisible();
  });

  it.each(['garbage', 'a@b'])('asks no server for %j', async (typed) => {
    const app = await renderApp();
    const dialog = await openNew(app, 'Add someone by email');
    await app.user.type(within(dialog).getByLabelText('Their email'), `${typed}{Enter}`);
    expect(within(dialog).getByText('That doesn’t look like an email.')).toBeVisible();
    expect(app.fake.calls.some(({ command }) => command === 'addContact')).toBe(false);
  });

  it('is a group with a name, members, and what joiners see', async () => {
    const app = await renderApp();
    const dialog = await openNew(app, 'Start a group');
    await app.user.click(within(dialog).getByRole('button', { name: 'Start the group' }));
    expect(within(dialog).getByText('Give the group a name first.')).toBeVisible();
    await app.user.type(within(dialog).getByLabelText('Name of the group'), 'Sopranos');
    await app.user.click(within(dialog).getByRole('checkbox', { name: /Ines/ }));
    await app.user.click(within(dialog).getByRole('checkbox', { name: /Priya/ }));
    expect(within(dialog).getByText('2 people picked')).toBeVisible();
    await app.user.click(within(dialog).getByRole('radio', { name: 'From when they joined' }));
    await app.user.click(within(dialog).getByRole('button', { name: 'Start the group' }));
    expect(await screen.findByRole('heading', { name: 'Sopranos' })).toBeVisible();
    expect(app.fake.calls.find(({ command }) => command === 'createGroup')?.input).toMatchObject({
      title: 'Sopranos',
      memberIds: [ids.ines, ids.priya],
      history: 'since-joining',
    });
  });

  it('refuses a group that would be too large', async () => {
    const app = await renderApp({
      prepare: (fake) => {
        fake.account = { ...fake.account, limits: { ...fake.account.limits, maxGroupMembers: 2 } };
        fake.publishAll();
      },
    });
    const dialog = await openNew(app, 'Start a group');
    await app.user.type(within(dialog).getByLabelText('Name of the group'), 'Sopranos');
    for (const name of [/Ines/, /Priya/]) await app.user.click(within(dialog).getByRole('checkbox', { name }));
    expect(within(dialog).getByText('This server takes 2 members in a group.')).toBeVisible();
  });
});

describe('details', () => {
  it('rename a contact for this account, and take the name away again', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Mum');
    expect(panel).toHaveTextContent('birgitta@post.example');
    expect(panel).toHaveTextContent('Birgitta Ekström');
    await app.user.click(within(panel).getByRole('button', { name: 'Rename' }));
    const field = await screen.findByLabelText('Name for them');
    expect(field).toHaveValue('Mum');
    await app.user.clear(field);
    await app.user.type(field, '{Enter}');
    expect(await screen.findByRole('heading', { name: 'Birgitta Ekström', level: 2 })).toBeVisible();
  });

  it('remove a contact after a question', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Gwen Hollis');
    await app.user.click(within(panel).getByRole('button', { name: 'Remove contact' }));
    const question = await screen.findByRole('alertdialog');
    await app.user.click(within(question).getByRole('button', { name: 'Remove contact' }));
    await waitFor(() => expect(app.fake.people.get(ids.gwen)?.contact).toBeUndefined());
    expect(within(panel).queryByRole('button', { name: 'Remove contact' })).toBeNull();
  });

  it('show who is in a group, and let only its owner remove people', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Workshop');
    expect(await within(panel).findByText('Tobias Rehm')).toBeVisible();
    await app.user.click(within(panel).getByRole('button', { name: 'Tobias Rehm' }));
    await app.user.click(await screen.findByRole('menuitem', { name: 'Remove Tobias' }));
    const question = await screen.findByRole('alertdialog', { name: 'Remove Tobias Rehm from Workshop?' });
    await app.user.click(within(question).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(within(panel).queryByText('Tobias Rehm')).toBeNull());
  });

  it('offer nothing but writing where somebody else owns the group', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Altos');
    await app.user.click(await within(panel).findByRole('button', { name: 'Ruth Abelson' }));
    expect(await screen.findByRole('menuitem', { name: 'Write to Ruth' })).toBeVisible();
    expect(screen.queryByRole('menuitem', { name: 'Remove Ruth' })).toBeNull();
  });

  it('add people who are not in the group yet', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Workshop');
    await within(panel).findByText('Tobias Rehm');
    await app.user.click(within(panel).getByRole('button', { name: 'Add' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add people to Workshop' });
    expect(within(dialog).queryByRole('checkbox', { name: /Tobias/ })).toBeNull();
    await app.user.click(within(dialog).getByRole('checkbox', { name: /Noor/ }));
    await app.user.click(within(dialog).getByRole('button', { name: 'Add them' }));
    expect(await within(panel).findByText('Noor Haddad')).toBeVisible();
    expect(within(panel).getByText('4 members')).toBeVisible();
  });

  it('rename a group', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Workshop');
    await app.user.click(within(panel).getByRole('button', { name: 'Rename group' }));
    const field = await screen.findByLabelText('Name of the group');
    await app.user.clear(field);
    await app.user.type(field, 'The shed{Enter}');
    expect(await screen.findByRole('heading', { name: 'The shed', level: 2 })).toBeVisible();
  });

  it('leave a group, say why nothing can be done there, and keep what came before', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Altos');
    await app.user.click(within(panel).getByRole('button', { name: 'Leave group' }));
    const question = await screen.findByRole('alertdialog', { name: 'Leave Altos?' });
    await app.user.click(within(question).getByRole('button', { name: 'Leave group' }));
    expect(await within(panel).findByText('You left this group. What came before stays readable.')).toBeVisible();
    expect(within(panel).queryByRole('button', { name: 'Add' })).toBeNull();
  });

  it('say who removed me, and no longer who is online', async () => {
    const app = await renderApp();
    const panel = await openDetails(app, 'Altos');
    expect(screen.getAllByText(/^\d+ members, \d+ online$/)).not.toEqual([]);
    const conversation = app.fake.conversations.get(ids.altos);
    act(() => {
      if (conversation) {
        conversation.view = { ...conversation.view, state: 'removed', removedBy: ids.noor, canWrite: false };
      }
      app.fake.publishAll();
    });
    expect(panel).toHaveTextContent('Noor Haddad removed you. What came before stays readable.');
    expect(screen.queryAllByText(/^\d+ members, \d+ online$/)).toEqual([]);
  });
});

describe('names', () => {
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    '{{constructor}} $t(controls:close) %s',
    'javascript:alert(1)',
    '&lt;b&gt;',
  ];

  it.each(hostile)('are shown as they are: %s', async (name) => {
    const app = await renderApp({
      prepare: (fake) => {
        for (const id of [ids.ines, ids.advent]) {
          const conversation = fake.conversations.get(id);
          const last = conversation?.view.lastMessage;
          if (!conversation || !last) continue;
          const lastMessage = { ...last, content: { kind: 'text' as const, text: name } };
          conversation.view = { ...conversation.view, title: name, lastMessage };
        }
        const person = fake.people.get(ids.ines);
        if (person) fake.people.set(ids.ines, { ...person, name, ownName: name });
        fake.account = { ...fake.account, name };
        fake.publishAll();
      },
    });
    const list = screen.getByRole('list', { name: 'Conversations' });
    expect(within(list).getAllByText(name).length).toBeGreaterThanOrEqual(3);
    await app.user.click(within(list).getAllByRole('button')[0] ?? list);
    await app.user.click(screen.getByRole('button', { name: 'Show details' }));
    expect(await screen.findByRole('heading', { name, level: 2 })).toBeVisible();
    await app.user.click(screen.getByRole('button', { name: 'Remove contact' }));
    const question = await screen.findByRole('alertdialog');
    expect(question).toHaveTextContent(`Remove ${name} from your contacts?`);
    expect(document.querySelectorAll('img, script, b')).toHaveLength(0);
  });
});
