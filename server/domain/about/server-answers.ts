import type { Limits } from '@parley/shared/contract/limits.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import type { Answer } from '../domain.ts';
import type { AccountAnswers, PublicAnswer } from '../accounts/account-answers.ts';
import type { Storage } from '../../storage/port/storage.ts';

export interface ServerAnswers {
  describeServer: PublicAnswer<'describeServer'>;
  checkLive: PublicAnswer<'checkLive'>;
  checkReady: PublicAnswer<'checkReady'>;
  hello: Answer<'hello'>;
}

export interface ServerAnswerPorts {
  storage: Pick<Storage, 'identity' | 'check'>;
  isDraining(): boolean;
  limits: Limits;
  registration: 'open' | 'closed';
  getAccount: AccountAnswers['getAccount'];
  /** Settles like `check`, or rejects when that takes too long. */
  within<T>(work: Promise<T>, timeoutMs: number): Promise<T>;
}

const checkTimeoutMs = 2_000;

export function createServerAnswers(ports: ServerAnswerPorts): ServerAnswers {
  const { isDraining, limits, registration, storage } = ports;
  const identity = { ...storage.identity, protocol: protocolVersion };

  async function readiness(): Promise<'ok' | 'failing' | 'draining'> {
    if (isDraining()) return 'draining';
    try {
      await ports.within(storage.check(), checkTimeoutMs);
      return 'ok';
    } catch {
      return 'failing';
    }
  }

  return {
    describeServer: async () => ({ product: 'parley', ...identity, registration }),
    checkLive: async () => ({ status: 'ok' }),
    checkReady: async () => ({ status: await readiness() }),
    hello: async (caller) => ({
      ...identity,
      limits,
      account: await ports.getAccount(caller, {}),
      sessionId: caller.sessionId,
    }),
  };
}
