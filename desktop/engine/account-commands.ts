import type { AccountEngine } from './account-engine.ts';
import type { CommandInput, CommandName, CommandValue } from './api/commands.ts';
import { peerOfNew } from './views/conversation-view.ts';
import { membershipOf } from './sync/membership.ts';

/** Commands about one signed-in account. */
export type AccountCommand = Exclude<CommandName, 'useHere' | 'describeServer' | 'register' | 'signIn' | 'signOut'>;

type Handlers = { [C in AccountCommand]: (engine: AccountEngine, input: CommandInput<C>) => Promise<CommandValue<C>> };

export const accountCommands: Handlers = {
  connectNow: async ({ connection }) => {
    connection.connectNow();
    return null;
  },

  updateProfile: async (engine, { name }) => {
    const profile = await engine.intents.ask('updateProfile', { name });
    await engine.context.memory.transact((transaction) => {
      const account = transaction.get('account', 'account');
      if (account !== undefined) {
        transaction.put('account', 'account', { ...account, name: profile.name, profileVersion: profile.version });
      }
      transaction.put('profiles', profile.userId, profile);
    });
    return null;
  },

  addContact: async (engine, { email, alias }) => {
    const { contact, profile } = await engine.intents.ask('addContact', {
      email,
      ...(alias !== undefined && { alias }),
    });
    await engine.people.keep([profile]);
    engine.people.noteDirect(profile.userId, contact.directConversationId);
    engine.openDirect(contact.directConversationId);
    return { userId: profile.userId, conversationId: contact.directConversationId };
  },

  renameContact: async (engine, { userId, alias }) => {
    await engine.intents.ask('renameContact', {
      userId,
      ...(alias !== undefined && { alias }),
    });
    return null;
  },

  removeContact: async (engine, { userId }) => {
    await engine.intents.ask('removeContact', { userId });
    return null;
  },

  openDirect: async (engine, { userId }) => {
    let conversationId = engine.people.directIdOf(userId);
    if (conversationId === undefined) {
      const opened = await engine.connection.ask('openDirect', { userId });
      ({ conversationId } = opened);
      await engine.people.keep([opened.profile]);
      engine.people.noteDirect(userId, conversationId);
    }
    engine.openDirect(conversationId);
    return { conversationId };
  },

  createGroup: async (engine, { title, memberIds, history }) => {
    const id = engine.context.mintId();
    await engine.context.memory.transact((transaction) =>
      engine.outbox.add(transaction, {
        id,
        operation: 'createGroup',
        conversationId: id,
        body: { id, title, memberIds, history },
      }),
    );
    return { conversationId: id };
  },

  addMembers: async (engine, { conversationId, userIds }) => {
    await engine.intents.ask('addMembers', { conversationId, userIds });
    await engine.sync.want([conversationId]);
    return null;
  },

  removeMember: async (engine, { conversationId, userId }) => {
    await engine.intents.ask('removeMember', { conversationId, userId });
    await engine.sync.want([conversationId]);
    return null;
  },

  leaveGroup: async (engine, { conversationId }) => {
    await engine.intents.ask('leaveGroup', { conversationId });
    await engine.sync.want([conversationId]);
    return null;
  },

  renameGroup: async (engine, { conversationId, title }) => {
    await engine.intents.ask('renameGroup', { conversationId, title });
    await engine.sync.want([conversationId]);
    return null;
  },

  setNotices: async (engine, { conversationId, notify, mutedUntil }) => {
    await engine.intents.ask('putNotices', {
      conversationId,
      mutedUntil,
      ...(notify !== undefined && { choice: notify }),
    });
    return null;
  },

  discardGroup: async ({ context, outbox }, { conversationId }) => {
    await context.memory.transact((transaction) => {
      for (const { id } of outbox.lane(conversationId)) outbox.discard(transaction, id);
      transaction.put('drafts', conversationId, null);
    });
    return null;
  },

  sendMessage: async (engine, { conversationId, text, replyTo, readUpTo }) => {
    const { context, outbox, drafts, people } = engine;
    const id = context.mintId();
    const isNew = membershipOf(context.memory, conversationId) === undefined;
    const directWith = isNew ? peerOfNew({ people }, conversationId, outbox.lane(conversationId)) : undefined;
    const body = {
      id,
      conversationId,
      text,
      ...(replyTo !== undefined && { replyTo }),
      ...(directWith !== undefined && { directWith }),
      ...(readUpTo !== undefined && { readUpTo }),
    };
    const typed = drafts.textOf(conversationId);
    try {
      await context.memory.transact((transaction) => {
        outbox.add(transaction, { id, operation: 'sendMessage', conversationId, body });
        drafts.sent(transaction, conversationId);
      });
    } catch (error) {
      drafts.set(conversationId, typed);
      throw error;
    }
    return { messageId: id };
  },

  retryMessage: async (engine, { conversationId, messageId }) => {
    const blocking = engine.outbox
      .lane(conversationId)
      .find(({ operation, refusal }) => operation === 'createGroup' && refusal !== undefined);
    await engine.outbox.retry(blocking?.id ?? messageId);
    return null;
  },

  discardMessage: async ({ context, outbox }, { messageId }) => {
    await context.memory.transact((transaction) => outbox.discard(transaction, messageId));
    return null;
  },

  setDraft: async (engine, { conversationId, text }) => {
    engine.drafts.set(conversationId, text);
    engine.views.touch(conversationId);
    return null;
  },

  setTyping: async ({ ephemera }, { conversationId, isTyping }) => {
    await ephemera.sayTyping(conversationId, isTyping);
    return null;
  },

  openThread: async (engine, { conversationId }) => {
    await engine.threads.open(conversationId);
    engine.receipts.watch(conversationId);
    engine.views.touch(conversationId);
    return null;
  },

  closeThread: async ({ threads, receipts }, { conversationId }) => {
    threads.close(conversationId);
    receipts.end(conversationId);
    return null;
  },

  loadOlder: async ({ threads }, { conversationId }) => {
    await threads.lengthen(conversationId, 'older');
    return null;
  },

  loadNewer: async ({ threads }, { conversationId }) => {
    await threads.lengthen(conversationId, 'newer');
    return null;
  },

  jumpToNewest: async ({ threads }, { conversationId }) => {
    await threads.jumpToNewest(conversationId);
    return null;
  },

  jumpToMessage: async ({ threads }, { conversationId, messageId }) => {
    await threads.jumpToMessage(conversationId, messageId);
    return null;
  },

  markRead: async ({ markers }, { conversationId, seq }) => {
    await markers.read(conversationId, seq);
    return null;
  },

  watchPresence: async ({ ephemera }, { userIds }) => {
    await ephemera.watch(userIds);
    return null;
  },
};
