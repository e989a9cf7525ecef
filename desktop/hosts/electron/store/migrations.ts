/**
 * Each brings the database from its place in the list to the next; `user_version` counts them. What is released is never changed: add one.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE account (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE feed (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE conversations (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE profiles (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE drafts (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE markers (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE outbox (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  -- By conversation, so that a stretch of messages lies together.
  CREATE TABLE messages (
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX messages_by_id ON messages (conversation_id, id);
  `,
];
