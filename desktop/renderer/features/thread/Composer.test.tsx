import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CommandName } from '../../../engine/api/commands.ts';
import { ids } from '../../testing/choir.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { renderApp } from '../../testing/render-app.tsx';

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Message to/ });
const callsOf = (fake: FakeEngine, command: CommandName) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input as Record<string, unknown>);
const row = (id: string) => document.querySelector<HTMLElement>(`[data-row="${id}"]`) ?? document.body;

async function openComposer(conversationId: string = ids.ines, options: Parameters<typeof renderApp>[0] = {}) {
  const app = await renderApp(options);
  const open = async (id: string) => {
    await app.user.click(row(id));
    await screen.findByRole('textbox', { name: /^Message to/ });
  };
  await open(conversationId);
  return { ...app, open };
}

/** A send that is answered when the test says so. */
function holdSends(fake: FakeEngine) {
  const call = fake.call.bind(fake);
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  fake.call = async (command, input) => {
    if (command === 'sendMessage') await held;
    return call(command, input);
  };
  return { answer: () => act(async () => answer()) };
}

afterEach(() => vi.useRealTimers());

describe('sending', () => {
  test('Enter sends what stands there and empties the field once it is kept', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'Side door{Enter}');
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(callsOf(fake, 'sendMessage')).toMatchObject([{ conversationId: ids.ines, text: 'Side door' }]);
  });

  test('Shift+Enter breaks the line', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'one{Shift>}{Enter}{/Shift}two');
    expect(field()).toHaveValue('one\ntwo');
    expect(callsOf(fake, 'sendMessage')).toEqual([]);
  });

  test('the Enter that ends a composition sends nothing', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'にほ');
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(callsOf(fake, 'sendMessage')).toEqual([]);
    expect(field()).toHaveValue('にほ');
  });

  test('blank text cannot be sent', async () => {
    const { fake, user } = await openComposer();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await user.type(field(), '   {Enter}');
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    expect(callsOf(fake, 'sendMessage')).toEqual([]);
  });

  test('the button sends, too', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'By hand');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(callsOf(fake, 'sendMessage')).toHaveLength(1));
  });

  test('pressing Enter again before the answer sends once', async () => {
    const { fake, user } = await openComposer();
    const { answer } = holdSends(fake);
    await user.type(field(), 'Once{Enter}{Enter}');
    await answer();
    expect(callsOf(fake, 'sendMessage')).toHaveLength(1);
  });

  test('what was typed before the answer stays', async () => {
    const { fake, user } = await openComposer();
    const { answer } = holdSends(fake);
    await user.type(field(), 'First{Enter}');
    await user.type(field(), ' second');
    await answer();
    await waitFor(() => expect(field()).toHaveValue(' second'));
    expect(callsOf(fake, 'setDraft').at(-1)).toMatchObject({ text: ' second' });
  });

  test('a refusal keeps the text and says why, until something is typed', async () => {
    const { fake, user } = await openComposer();
    fake.failures.set('sendMessage', { code: 'local_store_failed' });
    await user.type(field(), 'Keep me{Enter}');
    expect(await screen.findByText(/couldn’t save that/)).toBeInTheDocument();
    expect(field()).toHaveValue('Keep me');
    await user.type(field(), '!');
    expect(screen.queryByText(/couldn’t save that/)).not.toBeInTheDocument();
  });
});

describe('the limit', () => {
  const prepare = (fake: FakeEngine) => {
    fake.account = { ...fake.account, limits: { ...fake.account.limits, messageMaxChars: 10 } };
    fake.publishAll();
  };

  test('is shown as it comes near, and refuses before anything is sent', async () => {
    const { fake, user } = await openComposer(ids.ines, { prepare });
    await user.type(field(), '123456789');
    expect(screen.getByText('1 character left')).toBeInTheDocument();
    await user.type(field(), '012{Enter}');
    expect(screen.getByText('2 characters more than this server takes')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    expect(field()).toBeInvalid();
    expect(callsOf(fake, 'sendMessage')).toEqual([]);
  });
});

describe('a draft', () => {
  test('is told to the engine with every change', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'abc');
    expect(callsOf(fake, 'setDraft').map(({ text }) => text)).toEqual(['a', 'ab', 'abc']);
  });

  test('stays with its conversation', async () => {
    const { user, open } = await openComposer();
    await user.type(field(), 'For Ines only');
    await open(ids.mum);
    await waitFor(() => expect(field()).toHaveValue(''));
    await open(ids.ines);
    await waitFor(() => expect(field()).toHaveValue('For Ines only'));
  });

  test('can never be sent to another conversation than the one it was typed in', async () => {
    const { fake, user, open } = await openComposer();
    const { answer } = holdSends(fake);
    await user.type(field(), 'Secret{Enter}');
    await open(ids.mum);
    await user.type(field(), 'Yes please');
    await answer();
    expect(callsOf(fake, 'sendMessage')).toMatchObject([{ conversationId: ids.ines, text: 'Secret' }]);
    expect(field()).toHaveValue('Yes please');
    const toMum = callsOf(fake, 'setDraft').filter(({ conversationId }) => conversationId === ids.mum);
    expect(toMum.filter(({ text }) => !'Yes please'.startsWith(String(text)))).toEqual([]);
  });

  const draftFromAbroad = (fake: FakeEngine, text: string, version: number) =>
    act(async () => fake.feed.publish([fake.feed.change('drafts', ids.ines, { text, version })]));

  test('of another device replaces what the engine knew of', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'here');
    await draftFromAbroad(fake, 'from the phone', 1);
    expect(field()).toHaveValue('from the phone');
  });

  test('of another device leaves alone what was typed since', async () => {
    const { fake, user } = await openComposer();
    const call = fake.call.bind(fake);
    fake.call = (command, input) => (command === 'setDraft' ? new Promise(() => {}) : call(command, input));
    await user.type(field(), 'here');
    await draftFromAbroad(fake, 'from the phone', 1);
    expect(field()).toHaveValue('here');
  });

  test('of another device counts once', async () => {
    const { fake, user } = await openComposer();
    await draftFromAbroad(fake, 'from the phone', 1);
    await user.clear(field());
    await draftFromAbroad(fake, 'from the phone, again', 1);
    expect(field()).toHaveValue('');
  });
});

describe('an answer', () => {
  const shiftUp = '{Shift>}{ArrowUp}{/Shift}';

  test('to the last message is begun with Shift+Up and sent with its id', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), shiftUp);
    expect(await screen.findByRole('button', { name: 'Don’t answer this message' })).toBeInTheDocument();
    await user.type(field(), 'Yes{Enter}');
    const last = fake.conversations.get(ids.ines)?.messages.findLast(({ isMine }) => !isMine);
    await waitFor(() => expect(callsOf(fake, 'sendMessage')).toMatchObject([{ replyTo: last?.id, text: 'Yes' }]));
    expect(screen.queryByRole('button', { name: 'Don’t answer this message' })).not.toBeInTheDocument();
  });

  test('is given up with Esc, which then does nothing else', async () => {
    const { fake, user } = await openComposer();
    await user.type(field(), shiftUp);
    await user.type(field(), 'Yes{Escape}');
    expect(screen.queryByRole('button', { name: 'Don’t answer this message' })).not.toBeInTheDocument();
    await user.type(field(), '{Enter}');
    await waitFor(() => expect(callsOf(fake, 'sendMessage')).toHaveLength(1));
    expect(callsOf(fake, 'sendMessage')[0]).not.toHaveProperty('replyTo');
  });

  test('is not begun by Shift+Up while something is typed: that selects', async () => {
    const { user } = await openComposer();
    await user.type(field(), `words${shiftUp}`);
    expect(screen.queryByRole('button', { name: 'Don’t answer this message' })).not.toBeInTheDocument();
  });
});

describe('typing', () => {
  test('is told at once, again after three seconds, and ends with the sending', async () => {
    const { fake } = await openComposer();
    const told = () => callsOf(fake, 'setTyping').map(({ isTyping }) => isTyping);
    vi.useFakeTimers({ toFake: ['performance'] });
    const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
    type('a');
    type('ab');
    expect(told()).toEqual([true]);
    vi.advanceTimersByTime(3000);
    type('abc');
    expect(told()).toEqual([true, true]);
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(told()).toEqual([true, true, false]);
  });

  test.each([
    ['the field is emptied', () => fireEvent.change(field(), { target: { value: '' } })],
    ['the focus leaves', () => fireEvent.blur(field())],
    ['another conversation is opened', () => fireEvent.click(row(ids.mum))],
  ])('ends when %s', async (_, end) => {
    const { fake, user } = await openComposer();
    await user.type(field(), 'a');
    end();
    const told = callsOf(fake, 'setTyping');
    expect(told.at(-1)).toEqual({ account: expect.any(String), conversationId: ids.ines, isTyping: false });
    expect(told.filter(({ isTyping }) => isTyping === false)).toHaveLength(1);
  });
});

test('opening a conversation puts the focus into its composer', async () => {
  await openComposer();
  expect(field()).toHaveFocus();
});

test('offline it invites to write anyway', async () => {
  await openComposer(ids.ines, { connection: { kind: 'offline', since: 0 } });
  expect(field()).toHaveAttribute('placeholder', 'Write anyway. It goes out when you’re back online.');
});

test('its place says why where nothing can be written', async () => {
  const { fake } = await openComposer(ids.workshop);
  await act(() => fake.call('leaveGroup', { account: '', conversationId: ids.workshop }));
  expect(await screen.findByText('You left. What came before stays readable.')).toBeInTheDocument();
  expect(screen.queryByRole('textbox', { name: /^Message to/ })).not.toBeInTheDocument();
});
