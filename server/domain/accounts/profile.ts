import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { AccountRecord } from '../../storage/port/records.ts';
import { DomainError } from '../domain-error.ts';
import { firstAnswer, recordOf } from '../recorded-answer.ts';
import type { AccountPorts } from './account-domain.ts';
import type { AccountAnswers } from './account-answers.ts';
import { presentAccount } from '../../presenters/present-account.ts';
import { presentProfile } from '../../presenters/present-records.ts';

type Ports = Pick<AccountPorts, 'storage' | 'clock' | 'profileChanged'>;

async function readOwn(ports: Pick<Ports, 'storage'>, userId: string): Promise<AccountRecord> {
  const [account] = await ports.storage.accounts.readAccounts([userId]);
  if (account === undefined) throw new DomainError('unauthenticated', 'The account is gone');
  return account;
}

export function createGetAccount(ports: Pick<Ports, 'storage'>): AccountAnswers['getAccount'] {
  return async (caller) => presentAccount(await readOwn(ports, caller.userId));
}

/** Several of one person's devices may write at once; each round of the race has a winner, so few are needed. */
const maxRounds = 20;

export function createUpdateProfile(ports: Ports): AccountAnswers['updateProfile'] {
  const { accounts, feeds } = ports.storage;

  return async ({ userId }, { id, name }) => {
    const known = await feeds.findIntent(id);
    if (known !== null) return firstAnswer<Profile>(known, userId, 'updateProfile');
    for (let round = 0; round < maxRounds; round += 1) {
      const account = await readOwn(ports, userId);
      const profile = presentProfile({ ...account, name, profileVersion: account.profileVersion + 1 });
      const outcome = await accounts.updateProfile({
        userId,
        expectedVersion: account.profileVersion,
        name,
        intent: recordOf(id, userId, 'updateProfile', profile),
        at: ports.clock.now(),
      });
      if (outcome === 'repeated') return firstAnswer<Profile>(await feeds.findIntent(id), userId, 'updateProfile');
      if (outcome === 'moved-on') continue;
      ports.profileChanged(profile);
      return profile;
    }
    throw new DomainError('unavailable', 'The profile is being changed elsewhere', 1_000);
  };
}
