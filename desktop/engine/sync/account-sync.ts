import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import { type Ask, Refusal } from '../connection/ask.ts';
import type { AccountContext } from '../store/account-context.ts';
import { feedKey, type Transaction } from '../store/account-memory.ts';

interface Advance {
  afterRev: number;
  rev: number;
  entries: FeedEntry[];
}

/** The account feed on this device: the same cursor rule as for conversations (D4, D15). */
export class AccountSync {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(context: AccountContext, ask: Ask) {
    this.#context = context;
    this.#ask = ask;
  }

  get rev(): number {
    return this.#context.memory.get('account', 'account')?.feedRev ?? 0;
  }

  /** Lays a push over what is held. False: something in between is missing. */
  apply(transaction: Transaction, { afterRev, rev, entries }: Advance): boolean {
    const account = transaction.get('account', 'account');
    if (account === undefined) return true;
    if (account.isFeedOutdated) return false;
    if (rev <= account.feedRev) return true;
    if (afterRev > account.feedRev) return false;
    for (const entry of entries) put(transaction, entry);
    transaction.put('account', 'account', { ...account, feedRev: rev });
    return true;
  }

  /** Fetches what is missing. A call while it runs makes it look once more at the end. */
  fetch(): Promise<void> {
    this.#isAskedAgain = this.#running !== undefined;
    this.#running ??= this.#fetchUntilQuiet();
    return this.#running;
  }

  async #fetchUntilQuiet(): Promise<void> {
    try {
      do {
        this.#isAskedAgain = false;
        await this.#fetchAll();
      } while (this.#isAskedAgain);
    } finally {
      this.#running = undefined;
    }
  }

  async #fetchAll(): Promise<void> {
    const { memory } = this.#context;
    let more = true;
    // A snapshot says so on its first page only; what is of another history is replaced by one in any case.
    const isOutdated = memory.get('account', 'account')?.isFeedOutdated === true;
    let resetFrom = isOutdated ? 0 : undefined;
    let kept = isOutdated ? new Set<string>() : undefined;
    while (more) {
      const from = resetFrom ?? this.rev;
      const page = await this.#ask('syncAccount', { rev: this.rev, ...(resetFrom !== undefined && { resetFrom }) });
      const isFirstOfReset = page.reset && kept === undefined;
      if (page.more && !isFirstOfReset && page.rev <= from) throw new Refusal('internal');
      if (page.reset) kept ??= new Set();
      if (kept !== undefined) {
        for (const entry of page.entries) kept.add(feedKey(entry.kind, entry.key));
        resetFrom = page.rev;
      }
      await memory.transact((transaction) => {
        for (const entry of page.entries) put(transaction, entry, kept !== undefined);
        if (!page.more && kept !== undefined) forgetOthers(transaction, memory.all('feed'), kept);
        const account = transaction.get('account', 'account');
        if (account === undefined) return;
        // A push may have come before this page: the cursor does not go back for it.
        const isAhead = kept === undefined ? page.rev > account.feedRev : !page.more && page.rev !== account.feedRev;
        if (isAhead) transaction.put('account', 'account', { ...account, feedRev: page.rev });
      });
      more = page.more;
    }
  }
}

/** An entry replaces the one of its kind and key only if it is newer; in a snapshot always, for the revs may have begun anew. */
function put(transaction: Transaction, entry: FeedEntry, isSnapshot = false): void {
  const key = entry.kind === 'tombstone' ? feedKey(entry.of, entry.key) : feedKey(entry.kind, entry.key);
  const held = transaction.get('feed', key);
  if (!isSnapshot && held !== undefined && held.rev >= entry.rev) return;
  transaction.put('feed', key, entry.kind === 'tombstone' ? null : entry);
}

/** What a snapshot does not have is gone, except what was typed: that is told to the server again (D15). */
function forgetOthers(transaction: Transaction, held: Iterable<FeedEntry>, kept: ReadonlySet<string>): void {
  for (const { kind, key } of held) {
    if (kept.has(feedKey(kind, key))) continue;
    transaction.put('feed', feedKey(kind, key), null);
    const draft = kind === 'draft' ? transaction.get('drafts', key) : undefined;
    if (draft !== undefined && draft.text !== '')
      transaction.put('drafts', key, { ...draft, baseVersion: 0, isDirty: true });
  }
}
