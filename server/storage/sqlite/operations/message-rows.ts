import type { Database, Row, Statement } from '../database.ts';
import type { Journal } from '../journal.ts';
import { placeOf } from '../places.ts';

export const messageSql = {
  at: 'SELECT * FROM message WHERE place = ?',
  older: 'SELECT * FROM message WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT ?',
  newer: 'SELECT * FROM message WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?',
  has: 'SELECT 1 FROM message WHERE id = ?',
  byId: `SELECT message.*, conversation.id AS conversation_id FROM message
         JOIN conversation ON conversation.number = message.place >> 26 WHERE message.id = ?`,
};

/** A new message, whose id and place nobody has. */
export function insertMessages(database: Database): (message: Row) => void {
  const insert = database.statement(
    'INSERT INTO message (place, id, rev, sent_rev, author_id, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ place = 0, id = '', rev = 0, sent_rev = 0, author_id = '', at = 0, body = '' }) =>
    void insert.run(place, id, rev, sent_rev, author_id, at, body);
}

/** All messages: what is pending in the journal lies over what its table has. */
export class MessageRows {
  readonly #journal: Journal;
  readonly #at: Statement;
  readonly #older: Statement;
  readonly #newer: Statement;
  readonly #has: Statement;
  readonly #byId: Statement;

  constructor(database: Database, journal: Journal) {
    this.#journal = journal;
    this.#at = database.statement(messageSql.at);
    this.#older = database.statement(messageSql.older);
    this.#newer = database.statement(messageSql.newer);
    this.#has = database.statement(messageSql.has);
    this.#byId = database.statement(messageSql.byId);
  }

  has(id: string): boolean {
    return this.#journal.find(id) !== undefined || this.#has.get(id) !== undefined;
  }

  /** With its conversation's id. */
  find(id: string): Row | undefined {
    return this.#journal.find(id) ?? this.#byId.get(id);
  }

  at(conversation: number, seq: number): Row | undefined {
    return this.#journal.between(conversation, seq, seq)[0] ?? this.#at.get(placeOf(conversation, seq));
  }

  /** Both ends included, as all that follow; from the lowest seq on. */
  newer(conversation: number, from: number, until: number, limit: number): Row[] {
    const rows = this.#newer.all(placeOf(conversation, from), placeOf(conversation, until), limit);
    const pending = this.#journal.between(conversation, from, until);
    return [...rows, ...pending.slice(0, limit - rows.length)];
  }

  /** From the highest seq down. */
  older(conversation: number, from: number, until: number, limit: number): Row[] {
    const pending = this.#journal.between(conversation, from, until).toReversed().slice(0, limit);
    const room = limit - pending.length;
    return [...pending, ...this.#older.all(placeOf(conversation, from), placeOf(conversation, until), room)];
  }
}
