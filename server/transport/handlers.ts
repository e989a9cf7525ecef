import type { OperationKey, Operations } from '@parley/shared/contract/registry.ts';
import type { OutputOf, ParsedInputOf } from '@parley/shared/contract/define.ts';
import type { Answer } from '../domain/domain.ts';
import type { Caller } from '../domain/caller.ts';
import type { AccountAnswers, PlacedAnswer, PublicAnswer } from '../domain/accounts/account-answers.ts';
import type { RequestOrigin } from '../domain/accounts/request-origin.ts';
import type { ServerAnswers } from '../domain/about/server-answers.ts';

/** `caller` is there wherever the operation asks for a session. */
export interface Asked {
  caller: Caller | null;
  origin: RequestOrigin;
}
export type Handler<K extends OperationKey> = (
  asked: Asked,
  input: ParsedInputOf<Operations[K]>,
) => Promise<OutputOf<Operations[K]>>;
export type Handlers = { [K in OperationKey]: Handler<K> };

/** What is neither about accounts nor about the server itself. */
export type ConversationAnswers = {
  [K in Exclude<OperationKey, keyof AccountAnswers | keyof ServerAnswers>]: Answer<K>;
};

function callerOf(asked: Asked): Caller {
  if (asked.caller === null) throw new Error('An operation that needs a session was served without one');
  return asked.caller;
}

const anyone =
  <K extends OperationKey>(answer: PublicAnswer<K>): Handler<K> =>
  (asked, input) =>
    answer(asked.origin, input);
const placed =
  <K extends OperationKey>(answer: PlacedAnswer<K>): Handler<K> =>
  (asked, input) =>
    answer(callerOf(asked), input, asked.origin);
const signedIn =
  <K extends OperationKey>(answer: Answer<K>): Handler<K> =>
  (asked, input) =>
    answer(callerOf(asked), input);

/** The whole table: an operation without a handler does not compile. */
export function createHandlers(server: ServerAnswers, account: AccountAnswers, rest: ConversationAnswers): Handlers {
  return {
    describeServer: anyone<'describeServer'>(server.describeServer),
    checkLive: anyone<'checkLive'>(server.checkLive),
    checkReady: anyone<'checkReady'>(server.checkReady),
    hello: signedIn<'hello'>(server.hello),

    register: anyone<'register'>(account.register),
    login: anyone<'login'>(account.login),
    refresh: anyone<'refresh'>(account.refresh),
    logout: placed<'logout'>(account.logout),
    getAccount: signedIn<'getAccount'>(account.getAccount),
    updateProfile: signedIn<'updateProfile'>(account.updateProfile),
    listSessions: signedIn<'listSessions'>(account.listSessions),
    revokeSession: placed<'revokeSession'>(account.revokeSession),

    getProfiles: signedIn<'getProfiles'>(rest.getProfiles),
    addContact: signedIn<'addContact'>(rest.addContact),
    renameContact: signedIn<'renameContact'>(rest.renameContact),
    removeContact: signedIn<'removeContact'>(rest.removeContact),

    listConversations: signedIn<'listConversations'>(rest.listConversations),
    getMembers: signedIn<'getMembers'>(rest.getMembers),
    openDirect: signedIn<'openDirect'>(rest.openDirect),
    createGroup: signedIn<'createGroup'>(rest.createGroup),
    addMembers: signedIn<'addMembers'>(rest.addMembers),
    removeMember: signedIn<'removeMember'>(rest.removeMember),
    leaveGroup: signedIn<'leaveGroup'>(rest.leaveGroup),
    renameGroup: signedIn<'renameGroup'>(rest.renameGroup),

    sendMessage: signedIn<'sendMessage'>(rest.sendMessage),
    pageMessages: signedIn<'pageMessages'>(rest.pageMessages),
    countReceipts: signedIn<'countReceipts'>(rest.countReceipts),
    moveMarkers: signedIn<'moveMarkers'>(rest.moveMarkers),
    putDraft: signedIn<'putDraft'>(rest.putDraft),
    putNotices: signedIn<'putNotices'>(rest.putNotices),
    watchPresence: signedIn<'watchPresence'>(rest.watchPresence),
    setTyping: signedIn<'setTyping'>(rest.setTyping),

    syncAccount: signedIn<'syncAccount'>(rest.syncAccount),
    syncConversations: signedIn<'syncConversations'>(rest.syncConversations),
    syncChanges: signedIn<'syncChanges'>(rest.syncChanges),
    checkSync: signedIn<'checkSync'>(rest.checkSync),
  };
}
