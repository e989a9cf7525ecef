import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema, timestampSchema, intentIdSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import {
  conversationInfoSchema,
  headSchema,
  historySchema,
  markersSchema,
  memberSchema,
  titleSchema,
} from '../entities/conversation.ts';
import { profileSchema } from '../entities/profile.ts';

/** Where an accepted change landed: the seq of its message and the conversation's rev. A retry gets the same answer. */
export const placedSchema = z.object({ seq: counterSchema, rev: counterSchema, at: timestampSchema });
export type Placed = z.infer<typeof placedSchema>;

const peopleSchema = z.array(idSchema).min(1).max(wireLimits.membersPerChange);

export const listConversations = operation({
  name: 'conversations.list',
  summary: 'My conversations in the order of their ids, a page at a time.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'GET', path: '/api/conversations' },
  input: z.object({ after: idSchema.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: z.object({
    conversations: z.array(z.object({ conversationId: idSchema, info: conversationInfoSchema, head: headSchema })),
    hasMore: z.boolean(),
  }),
  errors: [],
  rate: 'reads',
});

export const getMembers = operation({
  name: 'conversations.members',
  summary:
    'Everyone who is or was in a conversation, in the order of their ids, a page at a time, and up to where they have received and read. Who is out gets those they knew, and no markers.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'GET', path: '/api/conversations/{conversationId}/members' },
  input: z.object({ conversationId: idSchema, after: idSchema.optional() }),
  output: z.object({
    atRev: counterSchema,
    members: z.array(memberSchema),
    hasMore: z.boolean(),
    /** The markers are at least as new; those of later pages may be newer. */
    mrev: counterSchema,
    markers: z.array(markersSchema),
  }),
  errors: ['not_a_member'],
  rate: 'reads',
});

export const openDirect = operation({
  name: 'conversations.open-direct',
  summary:
    'The id of the conversation between that person and me. It comes to be with its first message (`messages.send` with `directWith`).',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/conversations/direct' },
  input: z.object({ userId: idSchema }),
  output: z.object({ conversationId: idSchema, profile: profileSchema }),
  errors: ['no_such_person', 'contact_is_self'],
  rate: 'reads',
});

export const createGroup = operation({
  name: 'conversations.create-group',
  summary: 'Makes a group whose id is the id of this intent, with me as its owner.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/conversations' },
  input: z.object({
    id: intentIdSchema,
    title: titleSchema,
    history: historySchema.default('everything'),
    memberIds: z.array(idSchema).max(wireLimits.membersPerChange),
  }),
  output: placedSchema,
  errors: ['no_such_person', 'group_full', 'intent_of_another'],
  rate: 'changes',
});

export const addMembers = operation({
  name: 'conversations.add-members',
  summary: 'Adds people to a group. Who is in already stays as they are.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/conversations/{conversationId}/members' },
  input: z.object({ id: intentIdSchema, conversationId: idSchema, userIds: peopleSchema }),
  output: placedSchema,
  errors: ['not_a_member', 'not_a_group', 'group_full', 'no_such_person', 'intent_of_another'],
  rate: 'changes',
});

export const removeMember = operation({
  name: 'conversations.remove-member',
  summary: 'Removes somebody from a group, for its owners. They keep what they had and get nothing after.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'DELETE', path: '/api/conversations/{conversationId}/members/{userId}' },
  input: z.object({ id: intentIdSchema, conversationId: idSchema, userId: idSchema }),
  output: placedSchema,
  errors: ['not_a_member', 'not_a_group', 'forbidden', 'not_found', 'intent_of_another'],
  rate: 'changes',
});

export const leaveGroup = operation({
  name: 'conversations.leave',
  summary: 'Leaves a group. The last owner hands the group to its longest-standing member.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'POST', path: '/api/conversations/{conversationId}/leave' },
  input: z.object({ id: intentIdSchema, conversationId: idSchema }),
  output: placedSchema,
  errors: ['not_a_member', 'not_a_group', 'intent_of_another'],
  rate: 'changes',
});

export const renameGroup = operation({
  name: 'conversations.rename',
  summary: 'Changes the title of a group.',
  auth: 'session',
  overSocket: true,
  rest: { method: 'PATCH', path: '/api/conversations/{conversationId}' },
  input: z.object({ id: intentIdSchema, conversationId: idSchema, title: titleSchema }),
  output: placedSchema,
  errors: ['not_a_member', 'not_a_group', 'intent_of_another'],
  rate: 'changes',
});
