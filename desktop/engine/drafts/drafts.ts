import type { Ask } from '../connection/ask.ts';
import type { StoredDraft } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import { feedKey, type Transaction } from '../store/account-memory.ts';

const keepAfterMs = 250;
const tellAfterMs = 1_500;
/** More texts than this are not told in a row without an answer that matters. */
const toldMax = 8;

/**
 * What is typed and not sent: in memory with every keystroke, stored soon after, told to the server when the typing pauses. Where two
 * devices have typed, both texts stay, one under the other (D15).
 */
export class Drafts {
  readonly #context: AccountContext;
  readonly #ask: Ask;
  readonly #replaced: (conversationId: string) => void;
  readonly #typed = new Map<string, string>();
  readonly #timers = new Map<string, () => void>();
  readonly #telling = new Set<string>();

  constructor(context: AccountContext, ask: Ask, replaced: (conversationId: string) => void) {
    this.#context = context;
    this.#ask = ask;
    this.#replaced = replaced;
  }

  textOf(conversationId: string): string {
    return this.#typed.get(conversationId) ?? this.#stored(conversationId)?.text ?? '';
  }

  set(conversationId: string, text: string): void {
    this.#typed.set(conversationId, text);
    if (!this.#timers.has(`keep ${conversationId}`)) this.#schedule('keep', conversationId, keepAfterMs);
    this.#schedule('tell', conversationId, tellAfterMs);
  }

  /** What was typed has become a message: in the same step it is no draft any more. If that step fails, `set` it again. */
  sent(transaction: Transaction, conversationId: string): void {
    this.#typed.delete(conversationId);
    this.#cancel('keep', conversationId);
    const stored = transaction.get('drafts', conversationId);
    if (stored === undefined || (stored.text === '' && !stored.isDirty)) return;
    transaction.put('drafts', conversationId, { ...stored, text: '', isDirty: true });
    this.#schedule('tell', conversationId, tellAfterMs);
  }

  /** Another device has changed drafts, or this one's have come back: the feed has it already. */
  async heard(conversationId: string): Promise<void> {
    let before: StoredDraft | undefined;
    const isReplaced = await this.#context.memory.transact((transaction) => {
      before = transaction.get('drafts', conversationId);
      return this.#takeOver(transaction, conversationId, before);
    });
    if (!isReplaced) return;
    if (this.#typed.has(conversationId)) await this.#keepBase(conversationId, before?.baseVersion ?? 0);
    else this.#replaced(conversationId);
  }

  /** How many of them the server lacks. */
  get untold(): number {
    const ids = new Set(this.#typed.keys());
    for (const { conversationId, isDirty } of this.#context.memory.all('drafts')) if (isDirty) ids.add(conversationId);
    return [...ids].filter((conversationId) => this.textOf(conversationId) !== '').length;
  }

  /** Tells the server what it lacks. */
  tellAll(): void {
    for (const { conversationId, isDirty } of this.#context.memory.all('drafts'))
      if (isDirty) void this.#tell(conversationId);
  }

  /** Stores what is still only in memory. */
  async flush(): Promise<void> {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    await Promise.all([...this.#typed.keys()].map((conversationId) => this.#keep(conversationId)));
  }

  #takeOver(transaction: Transaction, conversationId: string, local: StoredDraft | undefined): boolean {
    const entry = transaction.get('feed', feedKey('draft', conversationId));
    const remote = entry?.kind === 'draft' ? { text: entry.text, version: entry.rev } : { text: '', version: 0 };
    if (local?.isDirty === true && remote.version > local.baseVersion && local.told?.includes(remote.text) === true) {
      // My own words, whose answer got lost: what was made of them since stands on this version now.
      const isDirty = local.text !== remote.text;
      transaction.put('drafts', conversationId, { ...local, baseVersion: remote.version, isDirty });
      return false;
    }
    if (local?.isDirty === true || this.#typed.has(conversationId)) return false;
    if (local?.baseVersion === remote.version && local.text === remote.text) return false;
    // Nothing here and nothing there: the version of the deletion, if it is known here, is what is written over next.
    if (entry === undefined && (local?.text ?? '') === '') return false;
    const { text, version: baseVersion } = remote;
    transaction.put('drafts', conversationId, { conversationId, text, baseVersion, isDirty: false });
    return (local?.text ?? '') !== text;
  }

  /** Somebody began to type while another text was being stored: they have not seen it, so theirs is not written over it. */
  async #keepBase(conversationId: string, baseVersion: number): Promise<void> {
    await this.#context.memory.transact((transaction) => {
      const now = transaction.get('drafts', conversationId);
      const text = this.#typed.get(conversationId) ?? now?.text ?? '';
      transaction.put('drafts', conversationId, { ...now, conversationId, text, baseVersion, isDirty: true });
    });
  }

  #stored(conversationId: string): StoredDraft | undefined {
    return this.#context.memory.get('drafts', conversationId);
  }

  async #keep(conversationId: string): Promise<void> {
    await this.#context.memory.transact((transaction) => {
      const text = this.#typed.get(conversationId);
      const stored = transaction.get('drafts', conversationId);
      if (text === undefined || stored?.text === text || (stored === undefined && text === '')) return;
      const baseVersion = stored?.baseVersion ?? 0;
      transaction.put('drafts', conversationId, { ...stored, conversationId, text, baseVersion, isDirty: true });
    });
    if (this.#typed.get(conversationId) === (this.#stored(conversationId)?.text ?? ''))
      this.#typed.delete(conversationId);
  }

  async #tell(conversationId: string): Promise<void> {
    if (this.#telling.has(conversationId)) return;
    this.#telling.add(conversationId);
    try {
      await this.#keep(conversationId);
      const draft = this.#stored(conversationId);
      if (draft?.isDirty === true) await this.#put(draft);
    } catch (error) {
      // Said again when the line is back.
      this.#context.host.log('a draft was not told', { error: String(error) });
    } finally {
      this.#telling.delete(conversationId);
    }
  }

  async #put(draft: StoredDraft): Promise<void> {
    const { conversationId, text, baseVersion } = draft;
    const id = await this.#willTell(draft);
    const outcome = await this.#ask('putDraft', { id, conversationId, text, baseVersion });
    const isReplaced = await this.#context.memory.transact((transaction) => {
      const now = transaction.get('drafts', conversationId);
      if (now === undefined) return false;
      const { told = [], asked: _, ...own } = now;
      const isOwn = outcome.outcome === 'conflict' && told.includes(outcome.text);
      if (outcome.outcome === 'kept' || isOwn) {
        const isDirty = now.text !== (outcome.outcome === 'kept' ? text : outcome.text);
        transaction.put('drafts', conversationId, { ...own, baseVersion: outcome.version, isDirty });
        if (isDirty) this.#schedule('tell', conversationId, tellAfterMs);
        return false;
      }
      // Somebody is typing: what they see is not replaced before they pause.
      if (this.#typed.has(conversationId) || now.text !== text) {
        transaction.put('drafts', conversationId, { ...own, told });
        this.#schedule('tell', conversationId, tellAfterMs);
        return false;
      }
      const both = bothTexts(outcome.text, now.text);
      transaction.put('drafts', conversationId, {
        conversationId,
        text: both,
        baseVersion: outcome.version,
        isDirty: both !== outcome.text,
      });
      this.#schedule('tell', conversationId, tellAfterMs);
      return both !== now.text;
    });
    if (outcome.outcome === 'kept' && this.#isOvertaken(conversationId, outcome.version)) {
      await this.heard(conversationId);
      return;
    }
    if (!isReplaced) return;
    if (this.#typed.has(conversationId)) await this.#keepBase(conversationId, baseVersion);
    else this.#replaced(conversationId);
  }

  /** Another device's text came while this one's was on its way, and was passed over. */
  #isOvertaken(conversationId: string, version: number): boolean {
    const { memory } = this.#context;
    const feedRev = memory.get('account', 'account')?.feedRev ?? 0;
    return version > 0 && feedRev >= version && memory.get('feed', feedKey('draft', conversationId))?.rev !== version;
  }

  /**
   * Kept before it is told, with the intent's id: the answer may never come, what the server has then is no other device's, and telling
   * it again is the same intent.
   */
  #willTell({ conversationId, text, baseVersion }: StoredDraft): Promise<string> {
    return this.#context.memory.transact((transaction) => {
      const now = transaction.get('drafts', conversationId);
      const { asked, told = [] } = now ?? {};
      if (asked?.text === text && asked.baseVersion === baseVersion) return asked.id;
      const id = this.#context.mintId();
      if (now === undefined) return id;
      const isKnown = text === '' || told.includes(text);
      transaction.put('drafts', conversationId, {
        ...now,
        told: isKnown ? told : [...told, text].slice(-toldMax),
        asked: { id, text, baseVersion },
      });
      return id;
    });
  }

  #schedule(what: 'keep' | 'tell', conversationId: string, delayMs: number): void {
    this.#cancel(what, conversationId);
    const run = () => {
      this.#timers.delete(`${what} ${conversationId}`);
      if (what === 'tell') void this.#tell(conversationId);
      else
        this.#keep(conversationId).catch((error: unknown) =>
          this.#context.host.log('a draft was not kept', { error: String(error) }),
        );
    };
    this.#timers.set(`${what} ${conversationId}`, this.#context.host.clock.schedule(run, delayMs));
  }

  #cancel(what: 'keep' | 'tell', conversationId: string): void {
    this.#timers.get(`${what} ${conversationId}`)?.();
    this.#timers.delete(`${what} ${conversationId}`);
  }
}

/** Neither device's text is lost. An emptied draft, here or there, gives way to what the other one has. */
function bothTexts(remote: string, local: string): string {
  if (local === '' || remote.includes(local)) return remote;
  if (remote === '' || local.includes(remote)) return local;
  return `${remote}\n\n${local}`;
}
