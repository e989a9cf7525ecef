import type { z } from 'zod';
import type { Fact, Operation } from './define.ts';
import * as account from './operations/account.ts';
import * as auth from './operations/auth.ts';
import * as contacts from './operations/contacts.ts';
import {
  addMembers,
  createGroup,
  getMembers,
  leaveGroup,
  listConversations,
  openDirect,
  removeMember,
  renameGroup,
} from './operations/conversations.ts';
import * as drafts from './operations/drafts.ts';
import * as markers from './operations/markers.ts';
import * as messages from './operations/messages.ts';
import * as notices from './operations/notices.ts';
import * as presence from './operations/presence.ts';
import * as server from './operations/server.ts';
import { checkSync, syncAccount, syncChanges, syncConversations } from './operations/sync.ts';
import * as facts from './facts.ts';

const conversations = {
  listConversations,
  getMembers,
  openDirect,
  createGroup,
  addMembers,
  removeMember,
  leaveGroup,
  renameGroup,
};
const sync = { syncAccount, syncConversations, syncChanges, checkSync };

/** Everything a client can ask. The server has exactly one handler for each. */
export const operations = {
  ...server,
  ...auth,
  ...account,
  ...contacts,
  ...conversations,
  ...messages,
  ...markers,
  ...drafts,
  ...notices,
  ...presence,
  ...sync,
} as const;

export { facts };

export type Operations = typeof operations;
export type OperationKey = keyof Operations;
export type FactKey = keyof typeof facts;

export const operationList: readonly Operation[] = Object.values(operations);
export const factList: readonly Fact[] = Object.values(facts);

type AnyOperation = Operations[OperationKey];
type AnyFact = (typeof facts)[FactKey];

/** Socket.IO's event maps, derived. */
export type ClientToServerEvents = {
  [O in AnyOperation as O['overSocket'] extends true ? O['name'] : never]: (
    input: z.input<O['input']>,
    acknowledge: (reply: unknown) => void,
  ) => void;
};
export type ServerToClientEvents = { [F in AnyFact as F['name']]: (payload: z.output<F['payload']>) => void };
