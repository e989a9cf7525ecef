import { presentProfile } from '../../presenters/present-records.ts';
import type { AccountReader } from '../../storage/port/accounts.ts';
import type { Answer } from '../domain.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';

export function getProfiles(options: { accounts: AccountReader; acquaintance: Acquaintance }): Answer<'getProfiles'> {
  return async (caller, { people }) => {
    const asked = people.map(({ userId }) => userId);
    const visible = await options.acquaintance.reachable(caller.userId, asked);
    const held = new Map(people.map(({ userId, version }) => [userId, version ?? 0]));
    const accounts = await options.accounts.readAccounts(
      asked.filter((userId) => visible.has(userId) || userId === caller.userId),
    );
    return {
      profiles: accounts.map(presentProfile).filter(({ userId, version }) => version > (held.get(userId) ?? 0)),
    };
  };
}
