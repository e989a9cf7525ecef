import type { LocalWrite } from '../local-store.ts';
import {
  exampleAccount,
  exampleConversation,
  exampleIntent,
  exampleMessage,
  exampleProfile,
  putDraft,
} from './example-records.ts';

/** A word that may be readable nowhere at rest. */
export const canary = 'canary-4b1d';
export const canaryText = `${canary} text`;

/** A record of every table with the word wherever a person's words, names or addresses stand. */
export const canaryRecords: readonly LocalWrite[] = [
  { table: 'account', key: 'account', value: exampleAccount({ email: `${canary}@example.org`, name: canary }) },
  { table: 'feed', key: 'draft:c1', value: { kind: 'draft', key: 'c1', rev: 1, text: canaryText } },
  {
    table: 'conversations',
    key: 'c1',
    value: exampleConversation('c1', {
      info: { kind: 'group', title: canary, history: 'everything', createdAt: 1, rev: 1 },
      lastMessage: exampleMessage(1, { text: canaryText }),
    }),
  },
  { table: 'profiles', key: 'u1', value: exampleProfile('u1', { name: canary }) },
  putDraft('c1', canaryText),
  { table: 'markers', key: 'c1', value: { conversationId: 'c1', delivered: 1, read: 1 } },
  { table: 'outbox', key: 'i1', value: exampleIntent('i1', { body: { text: canaryText } }) },
];
