import { presentProfile } from '../../presenters/present-records.ts';
import type { AccountReader } from '../../storage/port/accounts.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';

/** The id of the one conversation of two people: a hash of both ids in either order, so two first messages meet (D1). */
export type DirectConversationId = (oneUserId: string, otherUserId: string) => string;

export function openDirect(options: {
  accounts: AccountReader;
  acquaintance: Acquaintance;
  directIdOf: DirectConversationId;
}): Answer<'openDirect'> {
  return async (caller, { userId }) => {
    if (userId === caller.userId) throw new DomainError('contact_is_self', 'There is no conversation with oneself');
    const reachable = await options.acquaintance.reachable(caller.userId, [userId]);
    const [account] = reachable.has(userId) ? await options.accounts.readAccounts([userId]) : [];
    if (account === undefined) throw new DomainError('no_such_person', 'That person is not known to you');
    return { conversationId: options.directIdOf(caller.userId, userId), profile: presentProfile(account) };
  };
}
