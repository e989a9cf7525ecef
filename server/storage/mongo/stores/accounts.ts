import type { AccountStore } from '../../port/accounts.ts';
import type { AccountRecord } from '../../port/records.ts';
import { anyOf, mayBeBelow } from '../collection.ts';
import type { AccountDocument, AddressDocument, Put } from '../documents.ts';
import type { Job } from '../heads/head-writer.ts';
import { pendingIn } from '../heads/overlay.ts';
import { answerPut } from '../records.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { StoreParts } from './store-parts.ts';

interface Profile {
  email: string;
  name: string;
}
type ProfileChange = Parameters<AccountStore['updateProfile']>[0];

/** What addresses are compared by: no case, no outer space. */
export function addressLookups(ring: KeyRing, email: string): [string, ...string[]] {
  return ring.lookupsOf('address', email.trim().normalize('NFC').toLowerCase());
}

const sealProfile = (ring: KeyRing, userId: string, profile: Profile) =>
  ring.seal(`accounts|profile|${userId}`, profile);
const openProfile = (ring: KeyRing, { _id, profile }: AccountDocument) =>
  ring.open<Profile>(`accounts|profile|${_id}`, profile);
const sealHash = (ring: KeyRing, userId: string, hash: string) => ring.seal(`accounts|passwordHash|${userId}`, hash);

export function accountFrom(ring: KeyRing, document: AccountDocument): AccountRecord {
  const { _id: userId, createdAt, profileVersion, lastSeenAt, passwordHash } = document;
  return {
    userId,
    ...openProfile(ring, document),
    passwordHash: ring.open<string>(`accounts|passwordHash|${userId}`, passwordHash),
    profileVersion,
    createdAt,
    ...(typeof lastSeenAt === 'number' && { lastSeenAt }),
  };
}

export function createAccountStore(parts: StoreParts): AccountStore {
  const { collections, ring } = parts;
  return {
    async findByEmail(email) {
      for (const _id of addressLookups(ring, email).toReversed()) {
        const address = await collections.addresses.findOne({ _id });
        if (address === null) continue;
        const stored = await collections.accounts.findOne({ _id: address.user });
        const account = stored ?? pendingIn<AccountDocument>(address, 'accounts')[0];
        if (account !== undefined) return accountFrom(ring, account);
      }
      return null;
    },
    async readAccounts(userIds) {
      const documents = await collections.accounts.find({ _id: anyOf(userIds) });
      return documents.map((document) => accountFrom(ring, document));
    },
    async create(account) {
      // Whoever claims an address knows the lookups of everybody else who may be claiming it.
      await parts.learnKeys();
      const ids = addressLookups(ring, account.email);
      const claims = ids.slice(0, -1);
      for (const id of claims) {
        const claimed = await parts.addresses.submit(
          id,
          creation(account, () => []),
        );
        if (claimed !== 'created') return claimed;
      }
      return parts.addresses.submit(
        ids.at(-1) ?? '',
        creation(account, () => [accountPut(ring, account)]),
      );
    },
    updateProfile: (change) => parts.accounts.submit(change.userId, profileUpdate(parts, change)),
    async setPasswordHash(userId, passwordHash) {
      await collections.accounts.updateOne(
        { _id: userId },
        { $set: { passwordHash: sealHash(ring, userId, passwordHash) } },
      );
    },
    async touchLastSeen(userId, at) {
      await collections.accounts.updateOne({ _id: userId, lastSeenAt: mayBeBelow(at) }, { $set: { lastSeenAt: at } });
    },
  };
}

/** The address is the head under which an account is made: of many who want it, one gets both. */
function creation(
  { userId }: AccountRecord,
  operations: () => Put[],
): Job<AddressDocument, never, 'created' | 'email-taken'> {
  return {
    async decide(head) {
      // A repeated call is the same account, not somebody else's.
      if (head.user !== '') return { kind: 'answer', answer: head.user === userId ? 'created' : 'email-taken' };
      return { kind: 'change', set: { user: userId }, operations: operations(), answer: () => 'created' };
    },
  };
}

export function accountPut(ring: KeyRing, account: AccountRecord): Put {
  const { userId, email, name, passwordHash, ...plain } = account;
  const profile = sealProfile(ring, userId, { email, name });
  const set = { ...plain, token: '', profile, passwordHash: sealHash(ring, userId, passwordHash) };
  return { in: 'accounts', id: userId, set };
}

function profileUpdate(
  { ring, claims }: StoreParts,
  { userId, expectedVersion, name, intent, at }: ProfileChange,
): Job<AccountDocument, never, 'committed' | 'moved-on' | 'repeated'> {
  const claimant = { head: 'accounts', owner: userId } as const;
  let taken: string[] = [];
  return {
    async prepare() {
      taken = await claims.claim([intent.id], claimant);
    },
    async decide(head, group) {
      if ((await claims.recordedAmong(taken, claimant, group)).length > 0)
        return { kind: 'answer', answer: 'repeated' };
      if (head.step === 0 || head.profileVersion !== expectedVersion) return { kind: 'answer', answer: 'moved-on' };
      const { email } = openProfile(ring, head);
      return {
        kind: 'change',
        set: { profileVersion: expectedVersion + 1, profile: sealProfile(ring, userId, { email, name }) },
        operations: [answerPut(ring, intent, at)],
        answer: () => 'committed',
      };
    },
  };
}
