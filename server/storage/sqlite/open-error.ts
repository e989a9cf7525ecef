/**
 * - `wrong-key`: the key does not open the file, or the file is not a database of ours.
 * - `other-secrets`: the data was made with other secrets; the message is their names.
 * - `missing`: there is none, and none was to be made; the message is where.
 * - `in-use`: another process, or another storage of this one, has it open.
 * - `too-new`: a later version of the server has written it.
 * - `failed`: anything else; see `cause`.
 */
export type SqliteOpenFailure = 'wrong-key' | 'other-secrets' | 'missing' | 'in-use' | 'too-new' | 'failed';

/** Why a database could not be opened, in words for whoever runs the server. */
export class SqliteOpenError extends Error {
  readonly reason: SqliteOpenFailure;

  constructor(reason: SqliteOpenFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SqliteOpenError';
    this.reason = reason;
  }
}
