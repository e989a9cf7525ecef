import { Schema, type SchemaDefinition } from 'mongoose';

export interface Index {
  key: Record<string, 1 | -1>;
  /** Only documents where this field is true. */
  where?: string;
}

export interface CollectionPlan {
  fields: SchemaDefinition;
  indexes: Index[];
}

const { Mixed } = Schema.Types;
const text = { type: String };
const number = { type: Number };
const flag = { type: Boolean };
const bytes = { type: Buffer };
const key = { _id: text };
const record = { ...key, step: number };
const head = { ...record, token: text, isOpen: flag, pending: Mixed };
const open: Index = { key: { isOpen: 1 }, where: 'isOpen' };

/** Every collection, its fields and its indexes. No index is unique but that of `_id`: no message of an error has to be understood. */
export const collectionPlans = {
  server: {
    fields: {
      ...key,
      version: number,
      serverId: text,
      epoch: text,
      keys: Mixed,
      keysStep: number,
      prints: Mixed,
      copying: Mixed,
    },
    indexes: [],
  },
  conversations: {
    fields: {
      ...head,
      rev: number,
      seq: number,
      changeId: text,
      mrev: number,
      editRev: number,
      infoRev: number,
      info: bytes,
    },
    indexes: [open],
  },
  intents: {
    fields: { ...record, head: text, owner: text, seq: number, rev: number, isAnswer: flag, at: number, sealed: bytes },
    indexes: [{ key: { owner: 1, seq: 1 } }, { key: { owner: 1, rev: 1 } }, { key: { at: 1 }, where: 'isAnswer' }],
  },
  members: {
    fields: { ...record, conversation: text, user: text, rev: number, sealed: bytes },
    indexes: [{ key: { conversation: 1, rev: 1 } }, { key: { user: 1, conversation: 1 } }],
  },
  markers: {
    fields: { ...record, conversation: text, user: text, delivered: number, read: number },
    indexes: [{ key: { conversation: 1 } }],
  },
  feeds: { fields: { ...head, rev: number, purgedRev: number }, indexes: [open] },
  feedEntries: {
    fields: {
      ...record,
      user: text,
      kind: text,
      key: text,
      rev: number,
      at: number,
      sourceRev: number,
      isDeleted: flag,
      sealed: bytes,
    },
    indexes: [{ key: { user: 1, rev: 1 } }, { key: { user: 1, kind: 1 } }, { key: { at: 1 }, where: 'isDeleted' }],
  },
  accounts: {
    fields: {
      ...head,
      createdAt: number,
      profileVersion: number,
      lastSeenAt: number,
      profile: bytes,
      passwordHash: bytes,
    },
    indexes: [open],
  },
  addresses: { fields: { ...head, user: text }, indexes: [open] },
  sessions: {
    fields: {
      ...key,
      user: text,
      createdAt: number,
      lastSeenAt: number,
      generation: number,
      rotatedAt: number,
      revokedAt: number,
      isActive: flag,
      sealed: bytes,
    },
    indexes: [{ key: { user: 1, createdAt: -1 }, where: 'isActive' }],
  },
  processes: { fields: { ...key, beat: number, isAlone: flag }, indexes: [] },
  throttles: { fields: { ...key, tries: number, endsAt: number }, indexes: [{ key: { endsAt: 1 } }] },
} satisfies Record<string, CollectionPlan>;

export type CollectionName = keyof typeof collectionPlans;

export function schemaOf(name: CollectionName): Schema {
  const { fields } = collectionPlans[name];
  return new Schema(fields as SchemaDefinition, {
    collection: name,
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
    minimize: false,
    id: false,
  });
}
