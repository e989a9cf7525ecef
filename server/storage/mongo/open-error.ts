/**
 * - `wrong-key`: the data was written with another key.
 * - `other-secrets`: the data was made with other secrets; the message is their names.
 * - `missing`: there is none, and none was to be made; the message is its name.
 * - `too-new`: the data was written by a later version of Parley.
 * - `failed`: the database cannot be reached or prepared.
 */
export type MongoOpenReason = 'wrong-key' | 'other-secrets' | 'missing' | 'too-new' | 'failed';

export class MongoOpenError extends Error {
  readonly reason: MongoOpenReason;

  constructor(reason: MongoOpenReason, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'MongoOpenError';
    this.reason = reason;
  }
}
