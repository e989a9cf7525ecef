import type { CommandInput, CommandName, CommandResult, CommandValue } from '../../engine/api/commands.ts';
import type { MessageView, PersonView } from '../../engine/api/views.ts';
import { FakeConversation, replyViewOf } from './fake-conversation.ts';
import type { FakeWorld } from './fake-world.ts';

type Answer<C extends CommandName> = CommandResult<CommandValue<C>>;
type FakeCommands = {
  [C in CommandName]: (fake: FakeWorld, input: CommandInput<C>) => Answer<C> | Promise<Answer<C>>;
};

const done = { ok: true, value: null } as const;
const ok = <T>(value: T) => ({ ok: true, value }) as const;
const no = <T extends string>(code: T) => ({ ok: false, error: { code } }) as const;

/** Runs `change` on a conversation and publishes what came of it. */
function within(fake: FakeWorld, conversationId: string, change: (conversation: FakeConversation) => void) {
  const conversation = fake.conversations.get(conversationId);
  if (!conversation) return no('not_found');
  change(conversation);
  fake.publishAll();
  return done;
}

function accountsOf({ feed: { app } }: FakeWorld): string[] {
  return app.phase === 'ready' ? app.accounts : [];
}

function signedIn(fake: FakeWorld) {
  fake.fill();
  const others = accountsOf(fake).filter((key) => key !== fake.key);
  fake.publishAll([], fake.readyApp([...others, fake.key]));
  return ok({ account: fake.key });
}

function changePerson(fake: FakeWorld, userId: string, change: (person: PersonView) => PersonView) {
  const person = fake.people.get(userId);
  if (!person) return no('not_found');
  const next = change(person);
  fake.people.set(userId, next);
  const conversation = fake.conversations.get(next.directConversationId ?? '');
  if (conversation) conversation.view = { ...conversation.view, title: next.name };
  fake.publishAll();
  return done;
}

function changeMembers(conversation: FakeConversation, members: FakeConversation['members']) {
  conversation.members = members;
  conversation.view = { ...conversation.view, memberCount: members.length };
}

function leave(conversation: FakeConversation) {
  conversation.view = { ...conversation.view, state: 'left', canWrite: false };
}

function waitingMessage(
  fake: FakeWorld,
  input: CommandInput<'sendMessage'>,
  conversation: FakeConversation,
): MessageView {
  const replied = conversation.messages.find(({ id }) => id === input.replyTo);
  return {
    id: fake.mintId('message'),
    conversationId: input.conversationId,
    order: 1_000_000 + conversation.messages.length,
    at: Date.now(),
    authorId: fake.account.userId,
    isMine: true,
    content: { kind: 'text', text: input.text, ...(replied ? { replyTo: replyViewOf(replied) } : {}) },
    delivery: 'waiting',
  };
}

export const fakeCommands: FakeCommands = {
  useHere: (fake) => {
    signedIn(fake);
    return done;
  },
  describeServer: (_fake, { address = 'chat.harbourchoir.example' }) => {
    if (address.includes('nowhere')) return no('address_unreachable');
    return ok({ address, registration: address.includes('closed') ? 'closed' : 'open' });
  },
  register: (fake, { email, name }) => {
    if (email.startsWith('taken')) return no('email_taken');
    fake.account = { ...fake.account, email, name };
    return signedIn(fake);
  },
  signIn: (fake, { password }) => (password === 'wrong password' ? no('wrong_credentials') : signedIn(fake)),
  signOut: (fake, { force }) => {
    const { waiting } = fake.account;
    if (waiting > 0 && !force) return ok({ signedOut: false, waiting });
    fake.conversations.clear();
    fake.publishAll([], fake.readyApp(accountsOf(fake).filter((key) => key !== fake.key)));
    return ok({ signedOut: true });
  },
  connectNow: (fake) => {
    fake.setConnection({ kind: 'current', asOf: Date.now() });
    return done;
  },

  updateProfile: (fake, { name }) => {
    fake.account = { ...fake.account, name };
    fake.publishAll();
    return done;
  },
  addContact: (fake, { email, alias }) => {
    if (email.startsWith('nobody')) return no('no_such_person');
    if (email === fake.account.email) return no('contact_is_self');
    const known = [...fake.people.values()].find((person) => person.contact?.email === email);
    const userId = known?.userId ?? fake.mintId('person');
    const ownName = known?.ownName ?? email.split('@')[0] ?? email;
    const contact = { email, ...(alias === undefined ? {} : { alias }) };
    fake.people.set(userId, { userId, ownName, name: alias ?? ownName, contact, directConversationId: userId });
    return ok({ userId, conversationId: openDirect(fake, userId) });
  },
  renameContact: (fake, { userId, alias }) =>
    changePerson(fake, userId, (person) => {
      const email = person.contact?.email ?? '';
      const contact = { email, ...(alias === undefined ? {} : { alias }) };
      return { ...person, name: alias ?? person.ownName, contact };
    }),
  removeContact: (fake, { userId }) =>
    changePerson(fake, userId, ({ contact: _contact, ...person }) => ({ ...person, name: person.ownName })),

  openDirect: (fake, { userId }) => ok({ conversationId: openDirect(fake, userId) }),
  createGroup: (fake, { title, memberIds }) => {
    const id = fake.mintId('group');
    const view = {
      id,
      kind: 'group',
      title,
      unread: 0,
      state: fake.isConnected ? 'in' : 'new',
      isOwner: true,
    } as const;
    const members = [fake.account.userId, ...memberIds].map((userId, index) => {
      return { userId, role: index === 0 ? ('owner' as const) : ('member' as const) };
    });
    fake.conversations.set(id, new FakeConversation({ view, members, lines: [] }, Date.now()));
    fake.publishAll();
    return ok({ conversationId: id });
  },
  addMembers: (fake, { conversationId, userIds }) =>
    within(fake, conversationId, (conversation) => {
      const joining = userIds.map((userId) => ({ userId, role: 'member' as const }));
      changeMembers(conversation, [...conversation.members, ...joining]);
    }),
  removeMember: (fake, { conversationId, userId }) =>
    within(fake, conversationId, (conversation) => {
      const staying = conversation.members.filter((member) => member.userId !== userId);
      changeMembers(conversation, staying);
    }),
  leaveGroup: (fake, { conversationId }) => within(fake, conversationId, leave),
  renameGroup: (fake, { conversationId, title }) =>
    within(fake, conversationId, (conversation) => {
      conversation.view = { ...conversation.view, title };
    }),
  setNotices: (fake, { conversationId, notify, mutedUntil }) =>
    within(fake, conversationId, (conversation) => {
      const { notify: _before, ...view } = conversation.view;
      conversation.view = { ...view, mutedUntil, ...(notify && { notify }) };
    }),
  discardGroup: (fake, { conversationId }) => {
    fake.conversations.delete(conversationId);
    fake.publishAll();
    return done;
  },

  sendMessage: (fake, input) => {
    const conversation = fake.conversations.get(input.conversationId);
    if (!conversation) return no('not_found');
    const message = waitingMessage(fake, input, conversation);
    conversation.put(message);
    const { draft: _sent, ...view } = conversation.view;
    conversation.view = view;
    fake.publishAll();
    if (fake.isConnected) void fake.deliver(input.conversationId, message.id);
    return ok({ messageId: message.id });
  },
  retryMessage: (fake, { conversationId, messageId }) => {
    const answer = within(fake, conversationId, (conversation) => {
      const message = conversation.messages.find(({ id }) => id === messageId);
      if (!message) return;
      const { failure: _past, ...again } = message;
      conversation.put({ ...again, delivery: 'waiting' });
    });
    if (fake.isConnected) void fake.deliver(conversationId, messageId);
    return answer;
  },
  discardMessage: (fake, { conversationId, messageId }) =>
    within(fake, conversationId, (conversation) => conversation.remove(messageId)),
  setDraft: (fake, { conversationId, text }) =>
    within(fake, conversationId, (conversation) => {
      const { draft: _old, ...view } = conversation.view;
      conversation.view = text === '' ? view : { ...view, draft: text };
    }),
  setTyping: () => done,

  openThread: async (fake, { conversationId }) => {
    const conversation = fake.conversations.get(conversationId);
    if (!conversation) return no('not_found');
    if (conversation.thread) return done;
    conversation.thread = { conversationId, state: 'loading', older: 'none', newer: 'none' };
    fake.publishAll();
    if (fake.options.stepMs > 0) await fake.step();
    return within(fake, conversationId, () => conversation.open());
  },
  closeThread: (fake, { conversationId }) => within(fake, conversationId, (conversation) => conversation.close()),
  loadOlder: (fake, { conversationId }) => within(fake, conversationId, (conversation) => conversation.loadOlder()),
  loadNewer: (fake, { conversationId }) => within(fake, conversationId, (conversation) => conversation.loadNewer()),
  jumpToNewest: (fake, { conversationId }) =>
    within(fake, conversationId, (conversation) => conversation.jumpToNewest()),
  jumpToMessage: (fake, { conversationId, messageId }) =>
    within(fake, conversationId, (conversation) => conversation.jumpToMessage(messageId)),
  markRead: (fake, { conversationId, seq }) =>
    within(fake, conversationId, (conversation) => {
      const readSeq = Math.max(seq, conversation.view.readSeq);
      const unread = conversation.messages.filter((message) => !message.isMine && (message.seq ?? 0) > readSeq).length;
      conversation.view = { ...conversation.view, readSeq, unread };
    }),
  watchPresence: () => done,
};

function openDirect(fake: FakeWorld, userId: string): string {
  if (!fake.conversations.has(userId)) {
    const title = fake.people.get(userId)?.name ?? '';
    const view = { id: userId, kind: 'direct', title, unread: 0, peerId: userId, state: 'new' } as const;
    const members = [fake.account.userId, userId].map((member) => ({ userId: member, role: 'member' as const }));
    fake.conversations.set(userId, new FakeConversation({ view, members, lines: [] }, Date.now()));
  }
  fake.publishAll();
  return userId;
}
