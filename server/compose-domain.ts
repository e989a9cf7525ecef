import { v7 as mintUuid } from 'uuid';
import { wireLimits, type Limits } from '@parley/shared/contract/limits.ts';
import type { ServerConfig } from './config/server-config.ts';
import { createAccessTokens } from './crypto/access-tokens.ts';
import { directConversationId } from './crypto/direct-conversation-id.ts';
import { createHideName } from './crypto/hide-name.ts';
import { loadCommonPasswords } from './crypto/passwords/common-passwords.ts';
import { createPasswordHasher } from './crypto/passwords/password-hasher.ts';
import { createRefreshMac } from './crypto/refresh-mac.ts';
import { createServerAnswers } from './domain/about/server-answers.ts';
import { createAccountDomain, type AccountDomain } from './domain/accounts/account-domain.ts';
import { defaultAccountLimits, type AccountLimits } from './domain/accounts/account-limits.ts';
import type { Clock } from './domain/clock.ts';
import { type Connection, createConversationDomain } from './domain/conversations/create-conversation-domain.ts';
import type { LiveChannel, LiveSockets } from './domain/live/channel.ts';
import type { Log } from './domain/log.ts';
import type { Storage } from './storage/port/storage.ts';
import { createHandlers, type Handlers } from './transport/handlers.ts';

export interface DomainParts {
  config: ServerConfig;
  storage: Storage;
  clock: Clock;
  channel: LiveChannel;
  /** Where other processes serve the same data, too. */
  connection: Connection | undefined;
  log: Log;
  isDraining(): boolean;
  passwordCost: number;
  passwordQueue: number;
  accountLimits: Partial<AccountLimits>;
  presenceGatherMs: number;
  markersGatherMs: number;
  leapAboveRevs: number;
}

export interface Domain {
  handlers: Handlers;
  accounts: AccountDomain;
  live: LiveSockets;
  close(): Promise<void>;
}

/** Rejects when `work` takes longer; what it comes to after that is ignored. */
async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Took too long')), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Hands the domain everything it asks for. */
export function composeDomain(parts: DomainParts): Domain {
  const { config, storage, clock, channel, connection, log } = parts;
  const { secrets } = config;
  const limits: Limits = {
    maxGroupMembers: config.maxGroupMembers,
    messageMaxChars: wireLimits.messageMaxChars,
    rates: config.rates,
  };
  const conversations = createConversationDomain({
    storage,
    clock,
    channel,
    connection,
    log,
    directIdOf: directConversationId,
    settings: {
      discovery: config.discovery,
      maxGroupMembers: limits.maxGroupMembers,
      messageMaxChars: limits.messageMaxChars,
      markersGatherMs: parts.markersGatherMs,
      presenceGatherMs: parts.presenceGatherMs,
      refreshHeadsMs: 30_000,
      leapAboveRevs: parts.leapAboveRevs,
    },
  });
  const passwords = createPasswordHasher({
    pepper: secrets.passwordPepper,
    cost: parts.passwordCost,
    maxWaiting: parts.passwordQueue,
  });
  const registrations = { ...defaultAccountLimits.registrations, perNetwork: config.registrationsPerHour };
  const accounts = createAccountDomain({
    storage,
    clock,
    mintId: mintUuid,
    passwords,
    isCommonPassword: loadCommonPasswords(),
    accessTokens: createAccessTokens(secrets.accessTokenKeys, storage.identity.serverId),
    refreshMac: createRefreshMac(secrets.refreshKey),
    hideName: createHideName(secrets.throttleKey),
    limits: { ...defaultAccountLimits, registrations, ...parts.accountLimits },
    registration: config.registration,
    endSession: (sessionId, failure) => {
      channel.endSession(sessionId, failure);
      connection?.peers.tell({ kind: 'sessionEnded', about: sessionId, failure });
    },
    profileChanged: (profile) => {
      conversations.profileChanged(profile).catch((error: unknown) => log.error('profile not told', error));
    },
  });
  const server = createServerAnswers({
    storage,
    isDraining: parts.isDraining,
    limits,
    registration: config.registration,
    getAccount: accounts.answers.getAccount,
    within,
  });
  return {
    handlers: createHandlers(server, accounts.answers, conversations.answers),
    accounts,
    live: conversations.live,
    async close() {
      await conversations.close();
      await passwords.close();
    },
  };
}
