import { DomainError } from '../domain-error.ts';
import type { AccountPorts } from './account-domain.ts';
import type { AccountAnswers } from './account-answers.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { SignIn } from './sign-in.ts';

/** Says the same, and works as long, whether the address is unknown or the password wrong (S3). */
export function createLogin(ports: AccountPorts, throttle: LoginThrottle, signIn: SignIn): AccountAnswers['login'] {
  const { passwords, storage } = ports;
  return async (origin, { email, password, device }) => {
    const attempt = { email, address: origin.address, deviceId: device.deviceId };
    await throttle.begin(attempt);
    const account = await storage.accounts.findByEmail(email);
    const isRight = await passwords.verify(password, account?.passwordHash ?? null);
    if (account === null || !isRight) {
      await throttle.failed(attempt);
      throw new DomainError('wrong_credentials', 'No account has this address and this password');
    }
    await throttle.succeeded(attempt);
    return signIn(origin, account, device);
  };
}
