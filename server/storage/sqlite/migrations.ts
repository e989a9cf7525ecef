/**
 * Each brings a database from the version before to its own, which is its place in this list plus one. A published one never changes.
 *
 * A message's `place` is its conversation's number and its seq in one integer (see places.ts): the table itself is the index by
 * conversation and seq, and a new message touches one leaf of it, one of `message_by_id` and its conversation's head.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE server (server_id TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;

  CREATE TABLE conversation (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    change_id TEXT NOT NULL,
    mrev INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE conversation_info (conversation INTEGER PRIMARY KEY, rev INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

  CREATE TABLE member (
    conversation INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX member_by_rev ON member (conversation, rev);
  CREATE INDEX member_by_user ON member (user_id);

  CREATE TABLE message (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    sent_rev INTEGER NOT NULL,
    author_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX message_by_id ON message (id);
  -- Only what changed after it was sent: a new message does not touch it.
  CREATE INDEX message_changed ON message (place >> 26, rev) WHERE rev <> sent_rev;

  CREATE TABLE marker (
    conversation INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    PRIMARY KEY (conversation, user_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE feed (
    number INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    -- The highest rev of a tombstone that was purged.
    purged_rev INTEGER NOT NULL
  ) STRICT;

  -- A tombstone is an entry whose body is NULL.
  CREATE TABLE feed_entry (
    feed INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    rev INTEGER NOT NULL,
    source_rev INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT,
    PRIMARY KEY (feed, kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX feed_entry_by_rev ON feed_entry (feed, rev);
  CREATE INDEX feed_tombstone ON feed_entry (at) WHERE body IS NULL;

  CREATE TABLE intent (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX intent_by_at ON intent (at);

  CREATE TABLE account (
    user_id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    profile_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX account_by_email ON account (email_key);

  CREATE TABLE session (
    session_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    keeps TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    seed TEXT NOT NULL,
    generation INTEGER NOT NULL,
    rotated_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_active ON session (user_id, created_at) WHERE revoked_at IS NULL;

  CREATE TABLE throttle (
    key TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX throttle_by_end ON throttle (ends_at);
  `,
  // See journal.ts: a row is what one batch brought, as JSON of its flat commits.
  'CREATE TABLE journal (number INTEGER PRIMARY KEY, commits TEXT NOT NULL) STRICT',
  // Of secrets that the data is worth nothing without, by name, as JSON.
  'ALTER TABLE server ADD COLUMN prints TEXT',
];
