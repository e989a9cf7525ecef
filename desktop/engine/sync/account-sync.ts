import type { FeedEntry } from '@parley/shared/contract/entities/feed.ts';
import type { Ask } from '../connection/ask.ts';
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
    if (account === undefined || rev <= account.feedRev) return true;
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
    let resetFrom: number | undefined;
    let kept: Set<string> | undefined;
    while (more) {
      const page = await this.#ask('syncAccount', { rev: this.rev, ...(resetFrom !== undefined && { resetFrom }) });
      if (page.reset) {
        kept ??= new Set();
        for (const entry of page.entries) kept.add(feedKey(entry.kind, entry.key));
        resetFrom = page.rev;
      }
      const isWhole = !page.reset || !page.more;
      await memory.transact((transaction) => {
        for (const entry of page.entries) put(transaction, entry);
        if (page.reset && !page.more && kept !== undefined) forgetOthers(transaction, memory.all('feed'), kept);
        const account = transaction.get('account', 'account');
        if (isWhole && account !== undefined && account.feedRev !== page.rev) {
          transaction.put('account', 'account', { ...account, feedRev: page.rev });
        }
      });
      more = page.more;
    }
  }
}

/** An entry replaces the one of its kind and key only if it is newer. */
function put(transaction: Transaction, entry: FeedEntry): void {
  const key = entry.kind === 'tombstone' ? feedKey(entry.of, entry.key) : feedKey(entry.kind, entry.key);
  const held = transaction.get('feed', key);
  if (held !== undefined && held.rev >= entry.rev) return;
  transaction.put('feed', key, entry.kind === 'tombstone' ? null : entry);
}

function forgetOthers(transaction: Transaction, held: Iterable<FeedEntry>, kept: ReadonlySet<string>): void {
  for (const { kind, key } of held) {
    if (!kept.has(feedKey(kind, key))) transaction.put('feed', feedKey(kind, key), null);
  }
}
