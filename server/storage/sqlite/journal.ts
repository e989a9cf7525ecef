import { commitAt, messageFrom, messageStarts, type FlatCommit } from './commit-codec.ts';
import type { Database, Row, Statement } from './database.ts';
import type { ConversationHead, Heads } from './heads.ts';
import { placeOf, seqOf } from './places.ts';

/** Characters in the journal from which on it is brought into the tables: about 800 messages of the usual length, and some milliseconds. */
const maxChars = 256 * 1024;
/** From so many new messages to a conversation on, a batch changes fewer pages in the tables than it would fill here. */
const fewestForTables = 4;

/** A row of `message` to be, and its conversation's id. */
export type PendingMessage = Row & { place: number; id: string; conversation_id: string };

/**
 * Where new messages are durable first. In their tables each would change a page or two of its own; here all that a batch brings is
 * one row. What is pending is kept in memory too: readers lay it over what the tables say, and never write. It is moved into the tables
 * when much has gathered, when there is nothing else to do, and before anything that changes more than it adds.
 *
 *   appended --flush--> in a row of the journal --apply--> in the tables
 *
 * `forget` follows a rollback; what is pending is then read again from the rows, as after a crash.
 */
export class Journal {
  readonly #heads: Heads['conversations'];
  readonly #insertMessage: (message: Row) => void;
  readonly #rows: Statement;
  readonly #put: Statement;
  readonly #empty: Statement;
  readonly #byConversation = new Map<number, PendingMessage[]>();
  readonly #byId = new Map<string, PendingMessage>();
  #appended: FlatCommit[] = [];
  #chars = 0;
  #isRead = false;

  constructor(database: Database, heads: Heads, insertMessage: (message: Row) => void) {
    this.#heads = heads.conversations;
    this.#insertMessage = insertMessage;
    this.#rows = database.statement('SELECT commits FROM journal ORDER BY number');
    this.#put = database.statement('INSERT INTO journal (commits) VALUES (?)');
    this.#empty = database.statement('DELETE FROM journal');
  }

  get isEmpty(): boolean {
    return this.#isRead && this.#byId.size === 0;
  }

  /** To be called before anything is asked of the journal or of the heads. Does nothing where it is known what is pending. */
  read(): void {
    if (this.#isRead) return;
    this.forget();
    for (const { commits } of this.#rows.all()) {
      this.#chars += String(commits).length;
      for (const flat of JSON.parse(String(commits)) as FlatCommit[]) {
        const head = this.#heads.find(flat[commitAt.conversationId] as string);
        if (head === undefined) throw new Error('The journal has a message of a conversation that does not exist');
        this.#take(flat, head);
      }
    }
    this.#isRead = true;
  }

  /** A commit of new messages that follow from `head`, which goes where they lead. */
  append(flat: FlatCommit, head: ConversationHead): void {
    this.#take(flat, head);
    this.#appended.push(flat);
  }

  /** Writes what was appended. Before the transaction is committed. */
  flush(): void {
    if (this.#appended.length === 0) return;
    const isAllThereIs = this.#chars === 0;
    if (isAllThereIs && this.#byId.size >= fewestForTables * this.#byConversation.size) {
      this.apply();
      return;
    }
    const commits = JSON.stringify(this.#appended);
    this.#chars += commits.length;
    if (this.#chars > maxChars) {
      this.apply();
      return;
    }
    this.#put.run(commits);
    this.#appended = [];
  }

  /** Moves everything into the tables, the heads with their next `flush`. */
  apply(): void {
    if (this.isEmpty) return;
    for (const messages of this.#byConversation.values()) for (const message of messages) this.#insertMessage(message);
    this.#heads.settle();
    this.#empty.run();
    this.#clear();
  }

  forget(): void {
    this.#clear();
    this.#isRead = false;
  }

  find(messageId: string): PendingMessage | undefined {
    return this.#byId.get(messageId);
  }

  /** In the order of seq, both ends included. They are the newest of their conversation, without holes. */
  between(conversation: number, fromSeq: number, untilSeq: number): readonly PendingMessage[] {
    const messages = this.#byConversation.get(conversation);
    const [first] = messages ?? [];
    if (messages === undefined || first === undefined) return [];
    const firstSeq = seqOf(first.place);
    return messages.slice(Math.max(0, fromSeq - firstSeq), Math.max(0, untilSeq + 1 - firstSeq));
  }

  #take(flat: FlatCommit, head: ConversationHead): void {
    const conversationId = flat[commitAt.conversationId] as string;
    const messages = this.#byConversation.get(head.number) ?? [];
    this.#byConversation.set(head.number, messages);
    for (const start of messageStarts(flat)) {
      const { id, seq, rev, sentRev, authorId, at, body } = messageFrom(flat, start);
      const place = placeOf(head.number, seq);
      const message = {
        place,
        id,
        rev,
        sent_rev: sentRev,
        author_id: authorId,
        at,
        body,
        conversation_id: conversationId,
      };
      messages.push(message);
      this.#byId.set(id, message);
    }
    // A head's row may be ahead of the tables: markers that moved meanwhile have written it.
    if (head.rev < Number(flat[commitAt.rev])) advanceHead(head, flat);
    this.#heads.defer(conversationId, head);
  }

  #clear(): void {
    this.#byConversation.clear();
    this.#byId.clear();
    this.#appended = [];
    this.#chars = 0;
  }
}

export function advanceHead(head: ConversationHead, flat: FlatCommit): void {
  head.rev = flat[commitAt.rev] as number;
  head.seq = flat[commitAt.seq] as number;
  head.changeId = flat[commitAt.changeId] as string;
}
