import { randomUUID } from 'node:crypto';
import { v7 as mintUuid } from 'uuid';
import type { Account } from '@parley/shared/contract/entities/profile.ts';

/** Somebody with an account and one device that is signed in. */
export interface TestPerson {
  userId: string;
  name: string;
  email: string;
  password: string;
  deviceId: string;
  sessionId: string;
  accessToken: string;
  refreshToken: string;
}

export interface SignedInAnswer {
  account: Account;
  sessionId: string;
  tokens: { accessToken: string; refreshToken?: string };
}

let count = 0;

/** A body for `auth.register` that nobody used before. */
export function newcomer(name = 'Ann') {
  count += 1;
  const email = `${name.toLowerCase().replace(/[^a-z]/g, '') || 'x'}.${count}.${randomUUID().slice(0, 8)}@example.org`;
  const device = { deviceId: mintUuid(), name: `${name}'s laptop`, keeps: 'token' as const };
  return { email, password: `a good password ${count}`, name, device };
}

export function personFrom(sent: ReturnType<typeof newcomer>, answer: SignedInAnswer): TestPerson {
  return {
    userId: answer.account.profile.userId,
    name: sent.name,
    email: sent.email,
    password: sent.password,
    deviceId: sent.device.deviceId,
    sessionId: answer.sessionId,
    accessToken: answer.tokens.accessToken,
    refreshToken: answer.tokens.refreshToken ?? '',
  };
}
