import assert from 'node:assert/strict';
import type { MessageRecord } from '../port/records.ts';
import type { Storage } from '../port/storage.ts';
import { everything } from './examples.ts';

/** All messages by seq, read in pages of a few. */
export async function readAllBySeq(storage: Storage, conversationId: string): Promise<MessageRecord[]> {
  const all: MessageRecord[] = [];
  for (;;) {
    const after = all.at(-1)?.seq ?? 0;
    const page = await storage.conversations.readPage({ conversationId, ranges: everything, after, limit: 7 });
    all.push(...page.messages);
    if (!page.hasMore) return all;
    assert.ok(page.messages.length > 0, 'a page that says there is more has something');
  }
}

/** All messages as catch-up from nothing brings them; the last copy of each counts. */
export async function readAllByRev(storage: Storage, conversationId: string): Promise<Map<string, MessageRecord>> {
  const all = new Map<string, MessageRecord>();
  let afterRev = 0;
  for (;;) {
    const changes = await storage.conversations.readChanges({ conversationId, afterRev, limit: 5 });
    for (const message of changes.messages) all.set(message.id, message);
    if (!changes.more) return all;
    assert.ok(changes.throughRev > afterRev, 'catch-up gets on');
    afterRev = changes.throughRev;
  }
}

/** What holds of a conversation whenever nobody writes to it, whatever has happened to it before. */
export async function assertConsistent(storage: Storage, conversationId: string): Promise<void> {
  const state = await storage.conversations.readState(conversationId);
  const messages = await readAllBySeq(storage, conversationId);
  const byRev = await readAllByRev(storage, conversationId);
  if (state === null) {
    assert.deepEqual(messages, [], 'no messages without a conversation');
    return;
  }
  const { head, info, members } = state;
  const seqs = messages.map((message) => message.seq);
  assert.deepEqual(
    seqs,
    Array.from({ length: head.seq }, (_, index) => index + 1),
    'seqs are 1 to the head',
  );
  assert.deepEqual(
    [...byRev.values()].toSorted((one, other) => one.seq - other.seq),
    messages,
    'catch-up brings all',
  );

  const sentRevs = messages.map((message) => message.sentRev);
  assert.deepEqual(
    sentRevs,
    [...new Set(sentRevs)].toSorted((one, other) => one - other),
    'sent in the order of seq',
  );
  const revs = [info.rev, ...members.map((member) => member.rev), ...messages.map((message) => message.rev)];
  assert.equal(Math.max(...revs), head.rev, 'the head is the rev of the last change');
  const last = messages.find((message) => message.rev === head.rev && message.sentRev === head.rev);
  if (last !== undefined) assert.equal(head.changeId, last.id, 'the head names the last change');

  for (const { userId, state: membership, role, ranges, rev } of members) {
    const entry = await storage.feeds.readEntry(userId, 'membership', conversationId);
    assert.ok(entry, 'a member has the conversation in the feed');
    assert.deepEqual(
      { state: entry.state, role: entry.role, ranges: entry.ranges },
      { state: membership, role, ranges },
    );
    if (membership === 'in') continue;
    const told = messages.find((message) => message.sentRev === rev);
    assert.deepEqual(told?.body, { kind: 'system', event: { type: 'member-removed', userId } }, 'who went is told');
  }
}
