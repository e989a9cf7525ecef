import { v7 as mintUuid } from 'uuid';
import type { CommittedChanges } from '../domain/conversations/conversation-writer.ts';
import { applyDecision, type PlannedChange } from '../domain/conversations/plan.ts';
import type { WorkingState } from '../domain/conversations/working-state.ts';
import type { ConversationReader } from '../storage/port/conversations.ts';
import type { MemberRecord, MessageBody } from '../storage/port/records.ts';

/** One conversation that is stored at once, and told to whoever follows it when the test says so. */
export class ToldConversation {
  readonly id = mintUuid();
  #state: WorkingState;
  readonly #changes: PlannedChange[] = [];

  constructor(userIds: readonly string[]) {
    const info = { kind: 'group', title: 'Told', history: 'since-joining', createdAt: 0, rev: 1 } as const;
    const members = userIds.map((userId): MemberRecord => ({
      userId,
      role: 'member',
      state: 'in',
      ranges: [{ fromRev: 0, fromSeq: 0 }],
      rev: 1,
    }));
    this.#state = {
      conversationId: this.id,
      head: { rev: 0, seq: 0, changeId: '', mrev: 0 },
      info,
      members: new Map(),
    };
    this.#commit({ kind: 'text', text: 'Begun' }, members, info);
  }

  get rev(): number {
    return this.#state.head.rev;
  }

  isIn(userId: string): boolean {
    return this.#state.members.get(userId)?.state === 'in';
  }

  say(): CommittedChanges {
    return this.#commit({ kind: 'text', text: `Said at ${this.rev + 1}` });
  }

  add(userId: string): CommittedChanges {
    const rev = this.rev + 1;
    const before = this.#state.members.get(userId)?.ranges ?? [];
    const ranges = [...before, { fromRev: rev, fromSeq: rev }];
    return this.#commit({ kind: 'system', event: { type: 'members-added', userIds: [userId] } }, [
      { userId, role: 'member', state: 'in', ranges, rev },
    ]);
  }

  remove(userId: string): CommittedChanges {
    const rev = this.rev + 1;
    const member = this.#state.members.get(userId);
    const ranges = (member?.ranges ?? []).map((range) => ({ untilRev: rev, untilSeq: rev, ...range }));
    return this.#commit({ kind: 'system', event: { type: 'member-removed', userId } }, [
      { userId, role: 'member', state: 'removed', ranges, rev },
    ]);
  }

  /** Only that they moved is known here, not which. */
  moveMarkers(): void {
    const { head } = this.#state;
    this.#state = { ...this.#state, head: { ...head, mrev: head.mrev + 1 } };
  }

  /** What the store answers, of the parts a follower reads. */
  reader(): Pick<ConversationReader, 'readHeads' | 'readState' | 'readChanges'> {
    return {
      readHeads: async (ids) => new Map(ids.includes(this.id) ? [[this.id, this.#state.head]] : []),
      readState: async () => ({ ...this.#state, members: [...this.#state.members.values()] }),
      readChanges: async ({ afterRev, limit }) => {
        const throughRev = Math.min(this.rev, afterRev + limit);
        const isAsked = ({ rev }: { rev: number }) => rev > afterRev && rev <= throughRev;
        return {
          head: this.#state.head,
          members: [...this.#state.members.values()].filter(isAsked),
          messages: this.#changes.map(({ message }) => message).filter(isAsked),
          throughRev,
          more: throughRev < this.rev,
        };
      },
    };
  }

  async readMemberships(userId: string, conversationIds: readonly string[]) {
    const member = this.#state.members.get(userId);
    const isAsked = member !== undefined && conversationIds.includes(this.id);
    return new Map(isAsked ? [[this.id, { head: this.#state.head, member }]] : []);
  }

  #commit(body: MessageBody, members: MemberRecord[] = [], info?: WorkingState['info']): CommittedChanges {
    const { rev, seq } = this.#state.head;
    const author = { id: mintUuid(), userId: mintUuid() };
    const place = { rev: rev + 1, seq: seq + 1, at: 0 };
    const applied = applyDecision(this.#state, this.id, author, place, { body, members, ...(info && { info }) });
    this.#state = applied.state;
    this.#changes.push(applied.change);
    return { state: applied.state, changes: [{ change: applied.change, fromSocketId: undefined }], advances: [] };
  }
}
