import type { AccountRecord } from '../../storage/port/records.ts';
import { DomainError } from '../domain-error.ts';
import type { AccountPorts } from './account-domain.ts';
import type { AccountAnswers } from './account-answers.ts';
import { networkOf } from './network-of.ts';
import { refuseWeakPassword } from './password-rules.ts';
import type { SignIn } from './sign-in.ts';

export function createRegister(ports: AccountPorts, signIn: SignIn): AccountAnswers['register'] {
  const { clock, hideName, isCommonPassword, limits, mintId, passwords, registration, storage } = ports;

  async function countRegistration(address: string): Promise<void> {
    const { perNetwork, windowMs } = limits.registrations;
    const at = clock.now();
    const { tries, endsAt } = await storage.throttles.add(hideName(`register|${networkOf(address)}`), windowMs, at);
    if (tries <= perNetwork) return;
    throw new DomainError('rate_limited', 'Too many accounts from one network', Math.max(1, endsAt - at));
  }

  return async (origin, { email, password, name, device }) => {
    if (registration === 'closed') throw new DomainError('registration_closed', 'This server takes no new accounts');
    refuseWeakPassword(password, isCommonPassword);
    await countRegistration(origin.address);
    const account: AccountRecord = {
      userId: mintId(),
      email,
      passwordHash: await passwords.hash(password),
      name,
      profileVersion: 1,
      createdAt: clock.now(),
    };
    const outcome = await storage.accounts.create(account);
    if (outcome === 'email-taken') throw new DomainError('email_taken', 'There is an account with this address');
    return signIn(origin, account, device);
  };
}
