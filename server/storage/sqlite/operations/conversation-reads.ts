import type { ConversationState, HeadRecord, Markers } from '../../port/records.ts';
import type { Database } from '../database.ts';
import type { ConversationHead, Heads } from '../heads.ts';
import { infoFrom, memberFrom } from '../rows.ts';
import type { MessageRows } from './message-rows.ts';
import { createReadChanges } from './read-changes.ts';
import { createFindMessage, createReadPage } from './read-messages.ts';

export const conversationSql = {
  info: 'SELECT rev, body FROM conversation_info WHERE conversation = ?',
  members: 'SELECT user_id, rev, body FROM member WHERE conversation = ?',
  markers: 'SELECT user_id, delivered, read FROM marker WHERE conversation = ?',
  acquainted: `SELECT 1 AS found FROM member AS mine
               JOIN member AS theirs ON theirs.conversation = mine.conversation AND theirs.user_id = ?
               WHERE mine.user_id = ? LIMIT 1`,
};

export function createConversationReads(database: Database, heads: Heads, messages: MessageRows) {
  const info = database.statement(conversationSql.info);
  const members = database.statement(conversationSql.members);
  const markers = database.statement(conversationSql.markers);
  const acquainted = database.statement(conversationSql.acquainted);

  return {
    'conversations.readState': (conversationId: string): ConversationState | null => {
      const head = heads.conversations.find(conversationId);
      const infoRow = head && info.get(head.number);
      if (head === undefined || infoRow === undefined) return null;
      return {
        conversationId,
        head: headRecordOf(head),
        info: infoFrom(infoRow),
        members: members.all(head.number).map(memberFrom),
      };
    },
    'conversations.readHeads': (conversationIds: readonly string[]): [string, HeadRecord][] =>
      conversationIds.flatMap((id) => {
        const head = heads.conversations.find(id);
        return head === undefined ? [] : [[id, headRecordOf(head)] as [string, HeadRecord]];
      }),
    'conversations.readPage': createReadPage(heads, messages),
    'conversations.readChanges': createReadChanges(database, heads, messages),
    'conversations.findMessage': createFindMessage(messages),
    'conversations.readMarkers': (conversationId: string): { mrev: number; markers: Markers[] } => {
      const head = heads.conversations.find(conversationId);
      if (head === undefined) return { mrev: 0, markers: [] };
      const rows = markers.all(head.number);
      return {
        mrev: head.mrev,
        markers: rows.map((row) => ({
          userId: String(row['user_id']),
          delivered: Number(row['delivered']),
          read: Number(row['read']),
        })),
      };
    },
    'conversations.filterAcquainted': (request: { userId: string; candidateIds: readonly string[] }): string[] =>
      request.candidateIds.filter((candidateId) => acquainted.get(candidateId, request.userId) !== undefined),
  };
}

function headRecordOf({ rev, seq, changeId, mrev }: ConversationHead): HeadRecord {
  return { rev, seq, changeId, mrev };
}
