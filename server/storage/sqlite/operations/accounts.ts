import type { AccountRecord, IntentRecord } from '../../port/records.ts';
import type { Database, Row } from '../database.ts';
import type { Intents } from './intents.ts';

export const accountSql = {
  byEmail: 'SELECT * FROM account WHERE email_key = ?',
  byId: 'SELECT * FROM account WHERE user_id = ?',
};

/** What addresses are compared by: no case, no outer space. */
function emailKeyOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

export function accountFrom(row: Row): AccountRecord {
  const lastSeenAt = row['last_seen_at'];
  return {
    userId: String(row['user_id']),
    email: String(row['email']),
    passwordHash: String(row['password_hash']),
    name: String(row['name']),
    profileVersion: Number(row['profile_version']),
    createdAt: Number(row['created_at']),
    ...(typeof lastSeenAt === 'number' && { lastSeenAt }),
  };
}

export function createAccountReads(database: Database) {
  const byEmail = database.statement(accountSql.byEmail);
  const byId = database.statement(accountSql.byId);
  return {
    'accounts.findByEmail': (email: string): AccountRecord | null => {
      const row = byEmail.get(emailKeyOf(email));
      return row === undefined ? null : accountFrom(row);
    },
    'accounts.readAccounts': (userIds: readonly string[]): AccountRecord[] =>
      [...new Set(userIds)].flatMap((userId) => {
        const row = byId.get(userId);
        return row === undefined ? [] : [accountFrom(row)];
      }),
  };
}

export interface ProfileChange {
  userId: string;
  expectedVersion: number;
  name: string;
  intent: IntentRecord;
  at: number;
}

export function createAccountWrites(database: Database, intents: Intents) {
  const insert = database.statement(
    `INSERT INTO account (user_id, email, email_key, password_hash, name, profile_version, created_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email_key) DO NOTHING`,
  );
  const byEmail = database.statement(accountSql.byEmail);
  const updateProfile = database.statement(
    'UPDATE account SET name = ?, profile_version = profile_version + 1 WHERE user_id = ? AND profile_version = ?',
  );
  const setPasswordHash = database.statement('UPDATE account SET password_hash = ? WHERE user_id = ?');
  const touch = database.statement(
    'UPDATE account SET last_seen_at = ? WHERE user_id = ? AND coalesce(last_seen_at, -1) < ?',
  );
  return {
    'accounts.create': (account: AccountRecord): 'created' | 'email-taken' => {
      const emailKey = emailKeyOf(account.email);
      // A repeated call is the same account, not somebody else's.
      const holder = byEmail.get(emailKey);
      if (holder !== undefined) return holder['user_id'] === account.userId ? 'created' : 'email-taken';
      insert.run(
        account.userId,
        account.email,
        emailKey,
        account.passwordHash,
        account.name,
        account.profileVersion,
        account.createdAt,
        account.lastSeenAt ?? null,
      );
      return 'created';
    },
    'accounts.updateProfile': (change: ProfileChange): 'committed' | 'moved-on' | 'repeated' => {
      if (intents.isTaken(change.intent.id)) return 'repeated';
      if (updateProfile.run(change.name, change.userId, change.expectedVersion) === 0) return 'moved-on';
      intents.record(change.intent, change.at);
      return 'committed';
    },
    'accounts.setPasswordHash': ({ userId, passwordHash }: { userId: string; passwordHash: string }): void =>
      void setPasswordHash.run(passwordHash, userId),
    'accounts.touchLastSeen': ({ userId, at }: { userId: string; at: number }): void => void touch.run(at, userId, at),
  };
}
