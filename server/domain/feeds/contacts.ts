import { presentProfile } from '../../presenters/present-records.ts';
import type { AccountReader } from '../../storage/port/accounts.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { DirectConversationId } from '../conversations/direct.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';
import type { FeedWriter } from './feed-writer.ts';

/** Who may be found by an exact e-mail address: anybody, people of common conversations, or nobody. */
export type Discovery = 'exact-email' | 'members' | 'off';

/** The people an account has added, in its feed. */
export class Contacts {
  readonly #writer: FeedWriter;
  readonly #feeds: FeedReader;
  readonly #accounts: AccountReader;
  readonly #acquaintance: Acquaintance;
  readonly #directIdOf: DirectConversationId;
  readonly #discovery: Discovery;

  constructor(options: {
    writer: FeedWriter;
    feeds: FeedReader;
    accounts: AccountReader;
    acquaintance: Acquaintance;
    directIdOf: DirectConversationId;
    discovery: Discovery;
  }) {
    this.#writer = options.writer;
    this.#feeds = options.feeds;
    this.#accounts = options.accounts;
    this.#acquaintance = options.acquaintance;
    this.#directIdOf = options.directIdOf;
    this.#discovery = options.discovery;
  }

  readonly add: Answer<'addContact'> = (caller, { id, email, alias }) =>
    this.#writer.submit({
      userId: caller.userId,
      intent: { id, operation: 'addContact' },
      decide: async (rev) => {
        const account = await this.#find(caller.userId, email);
        const profile = presentProfile(account);
        const held = await this.#feeds.readEntry(caller.userId, 'contact', account.userId);
        if (held !== null) return { entries: [], answer: { contact: held, profile } };
        const body = {
          kind: 'contact' as const,
          key: account.userId,
          email,
          directConversationId: this.#directIdOf(caller.userId, account.userId),
          ...(alias !== undefined && { alias }),
        };
        return { entries: [body], answer: { contact: { ...body, rev }, profile } };
      },
    });

  readonly rename: Answer<'renameContact'> = (caller, { id, userId, alias }) =>
    this.#writer.submit({
      userId: caller.userId,
      intent: { id, operation: 'renameContact' },
      decide: async () => {
        const contact = await this.#feeds.readEntry(caller.userId, 'contact', userId);
        if (contact === null) throw new DomainError('not_found', 'No such contact');
        const { alias: _, rev: __, ...kept } = contact;
        return { entries: [{ ...kept, ...(alias !== undefined && { alias }) }], answer: {} };
      },
    });

  readonly remove: Answer<'removeContact'> = (caller, { id, userId }) =>
    this.#writer.submit({
      userId: caller.userId,
      intent: { id, operation: 'removeContact' },
      decide: async () => {
        const isThere = (await this.#feeds.readEntry(caller.userId, 'contact', userId)) !== null;
        return { entries: isThere ? [{ kind: 'tombstone', of: 'contact', key: userId }] : [], answer: {} };
      },
    });

  async #find(userId: string, email: string) {
    if (this.#discovery === 'off') throw new DomainError('discovery_off', 'This server does not find people by e-mail');
    const account = await this.#accounts.findByEmail(email);
    if (account?.userId === userId) throw new DomainError('contact_is_self', 'This is your own address');
    const isVisible =
      account !== null &&
      (this.#discovery === 'exact-email' || (await this.#acquaintance.reachable(userId, [account.userId])).size > 0);
    if (account === null || !isVisible) throw new DomainError('no_such_person', 'Nobody here has this address');
    return account;
  }
}
