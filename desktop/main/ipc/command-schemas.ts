import { noticeChoices } from '@parley/shared/contract/entities/feed.ts';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import { z } from 'zod';
import type { CommandInput, CommandName } from '../../engine/api/commands.ts';

/** Longer than anything a person means; what is right within it, engine and server decide. */
const short = z.string().max(2048);
const people = z.array(short).max(1000);
const text = z.string().max(10 * wireLimits.messageMaxChars);
const count = z.int().nonnegative();

const inAccount = { account: short };
const inConversation = { ...inAccount, conversationId: short };
const atMessage = { ...inConversation, messageId: short };
const credentials = { address: short.optional(), email: short, password: short };

/** What every command takes from a page. */
export const commandSchemas = {
  useHere: z.strictObject({}),
  describeServer: z.strictObject({ address: short.optional() }),
  register: z.strictObject({ ...credentials, name: short }),
  signIn: z.strictObject(credentials),
  signOut: z.strictObject({ ...inAccount, force: z.boolean() }),
  connectNow: z.strictObject(inAccount),

  updateProfile: z.strictObject({ ...inAccount, name: short }),
  addContact: z.strictObject({ ...inAccount, email: short, alias: short.optional() }),
  renameContact: z.strictObject({ ...inAccount, userId: short, alias: short.optional() }),
  removeContact: z.strictObject({ ...inAccount, userId: short }),

  openDirect: z.strictObject({ ...inAccount, userId: short }),
  createGroup: z.strictObject({
    ...inAccount,
    title: short,
    memberIds: people,
    history: z.enum(['everything', 'since-joining']),
  }),
  addMembers: z.strictObject({ ...inConversation, userIds: people }),
  removeMember: z.strictObject({ ...inConversation, userId: short }),
  leaveGroup: z.strictObject(inConversation),
  renameGroup: z.strictObject({ ...inConversation, title: short }),
  setNotices: z.strictObject({ ...inConversation, notify: z.enum(noticeChoices).optional(), mutedUntil: count }),
  discardGroup: z.strictObject(inConversation),

  sendMessage: z.strictObject({ ...inConversation, text, replyTo: short.optional(), readUpTo: count.optional() }),
  retryMessage: z.strictObject(atMessage),
  discardMessage: z.strictObject(atMessage),
  setDraft: z.strictObject({ ...inConversation, text }),
  setTyping: z.strictObject({ ...inConversation, isTyping: z.boolean() }),

  openThread: z.strictObject(inConversation),
  closeThread: z.strictObject(inConversation),
  loadOlder: z.strictObject(inConversation),
  loadNewer: z.strictObject(inConversation),
  jumpToNewest: z.strictObject(inConversation),
  jumpToMessage: z.strictObject(atMessage),
  markRead: z.strictObject({ ...inConversation, seq: count }),
  watchPresence: z.strictObject({ ...inAccount, userIds: people }),
} satisfies { [C in CommandName]: z.ZodType<Loose<CommandInput<C>>> };

/** What zod infers for a key that may be missing. */
type Loose<T> = { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) };
