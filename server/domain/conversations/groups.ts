import type { MemberRecord, VisibleRange } from '../../storage/port/records.ts';
import type { AccountReader } from '../../storage/port/accounts.ts';
import type { Caller } from '../caller.ts';
import type { Answer } from '../domain.ts';
import { DomainError } from '../domain-error.ts';
import type { Acquaintance } from '../policies/acquaintance.ts';
import { requireGroupMember, requireOwner } from '../policies/membership.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { FeedWriter } from '../feeds/feed-writer.ts';
import { firstAnswer } from '../recorded-answer.ts';
import type { ConversationWriter } from './conversation-writer.ts';
import type { Markers } from './markers.ts';
import type { Act, Place, Plan } from './plan.ts';
import { activeMemberCount, type WorkingState } from './working-state.ts';

/** Everybody named is in: nothing changes, and this is the answer. */
class AlreadySo extends Error {
  readonly placed: Place;

  constructor(placed: Place) {
    super('It is so already');
    this.name = 'AlreadySo';
    this.placed = placed;
  }
}

/** Groups: making them, and who is in. */
export class Groups {
  readonly #writer: ConversationWriter;
  readonly #acquaintance: Acquaintance;
  readonly #accounts: AccountReader;
  readonly #markers: Markers;
  readonly #feeds: FeedReader;
  readonly #feedWriter: FeedWriter;
  readonly #maxMembers: number;

  constructor(options: {
    writer: ConversationWriter;
    acquaintance: Acquaintance;
    accounts: AccountReader;
    markers: Markers;
    feeds: FeedReader;
    feedWriter: FeedWriter;
    maxGroupMembers: number;
  }) {
    this.#writer = options.writer;
    this.#acquaintance = options.acquaintance;
    this.#accounts = options.accounts;
    this.#markers = options.markers;
    this.#feeds = options.feeds;
    this.#feedWriter = options.feedWriter;
    this.#maxMembers = options.maxGroupMembers;
  }

  readonly create: Answer<'createGroup'> = async (caller, { id, title, history, memberIds }) => {
    const invited = [...new Set(memberIds)].filter((userId) => userId !== caller.userId);
    const requireReachable = await this.#lookUp(caller, invited);
    return this.#submit(caller, id, id, 'group-created', (state, place) => {
      requireReachable();
      if (state !== null) throw new DomainError('intent_of_another', 'This conversation exists already');
      if (1 + invited.length > this.#maxMembers) throw this.#full();
      return {
        info: { kind: 'group', title, history, createdAt: place.at, rev: place.rev },
        members: [caller.userId, ...invited].map((userId) => ({
          userId,
          role: userId === caller.userId ? 'owner' : 'member',
          state: 'in',
          ranges: [{ fromRev: 0, fromSeq: 0 }],
          rev: place.rev,
        })),
        body: { kind: 'system', event: { type: 'group-created', title } },
      };
    });
  };

  readonly addMembers: Answer<'addMembers'> = async (caller, { id, conversationId, userIds }) => {
    const known = await this.#feeds.findIntent(id);
    if (known !== null) return firstAnswer<Place>(known, caller.userId, 'addMembers');
    const asked = [...new Set(userIds)];
    const requireReachable = await this.#lookUp(caller, asked);
    let newcomerIds: string[] = [];
    const placed = await this.#submit(caller, id, conversationId, 'members-added', (current, place) => {
      requireReachable();
      const { state } = requireGroupMember(current, caller.userId);
      const joining = asked.filter((userId) => state.members.get(userId)?.state !== 'in');
      if (joining.length === 0) throw new AlreadySo({ rev: state.head.rev, seq: state.head.seq, at: place.at });
      newcomerIds = joining;
      if (activeMemberCount(state) + joining.length > this.#maxMembers) throw this.#full();
      return {
        members: joining.map((userId) => joined(state, userId, place)),
        body: { kind: 'system', event: { type: 'members-added', userIds: joining } },
        newcomerIds: joining,
      };
    }).catch((error: unknown) => {
      if (error instanceof AlreadySo) return this.#recordUnchanged(caller, id, error.placed);
      throw error;
    });
    // The others' ticks do not go back for somebody who was not there.
    for (const userId of newcomerIds) this.#markers.moveLater(userId, { conversationId, read: placed.seq });
    return placed;
  };

  readonly removeMember: Answer<'removeMember'> = (caller, { id, conversationId, userId }) =>
    this.#submit(caller, id, conversationId, 'member-removed', (current, place) => {
      const { state } = requireOwner(current, caller.userId);
      const member = state.members.get(userId);
      if (member?.state !== 'in' || userId === caller.userId)
        throw new DomainError('not_found', 'No such member to remove');
      return {
        members: [departed(member, 'removed', place)],
        body: { kind: 'system', event: { type: 'member-removed', userId } },
      };
    });

  readonly leave: Answer<'leaveGroup'> = (caller, { id, conversationId }) =>
    this.#submit(caller, id, conversationId, 'member-left', (current, place) => {
      const { state, member } = requireGroupMember(current, caller.userId);
      return {
        members: [departed(member, 'left', place), ...successors(state, member, place)],
        body: { kind: 'system', event: { type: 'member-left' } },
      };
    });

  readonly rename: Answer<'renameGroup'> = (caller, { id, conversationId, title }) =>
    this.#submit(caller, id, conversationId, 'title-changed', (current, place) => {
      const { state } = requireGroupMember(current, caller.userId);
      return {
        info: { ...state.info, title, rev: place.rev },
        body: { kind: 'system', event: { type: 'title-changed', title } },
      };
    });

  #full(): DomainError {
    return new DomainError('group_full', `This server takes groups of up to ${this.#maxMembers}`);
  }

  #submit(caller: Caller, id: string, conversationId: string, act: Act, plan: Plan) {
    return this.#writer.submit({ id, userId: caller.userId, socketId: caller.socketId, conversationId, act, plan });
  }

  /** Said again when the people it named are out again, it must not bring them back (D1). */
  #recordUnchanged(caller: Caller, id: string, placed: Place): Promise<Place> {
    return this.#feedWriter.submit({
      userId: caller.userId,
      intent: { id, operation: 'addMembers' },
      decide: async () => ({ entries: [], answer: placed }),
    });
  }

  /**
   * Answers what refuses where somebody is not known to the caller. It is for the plan to call: an intent that is carried out already is
   * answered from its record, whoever is known by now (D1).
   */
  async #lookUp(caller: Caller, userIds: readonly string[]): Promise<() => void> {
    const [reachable, existing] = await Promise.all([
      this.#acquaintance.reachable(caller.userId, userIds),
      this.#accounts.readAccounts(userIds),
    ]);
    const isSomebodyUnknown = existing.length < userIds.length || userIds.some((userId) => !reachable.has(userId));
    return () => {
      if (isSomebodyUnknown) throw new DomainError('no_such_person', 'Somebody named here is not known to you');
    };
  }
}

/** Somebody who was in before gets a new range from here on; what happened in between stays unseen (D16). */
function joined(state: WorkingState, userId: string, place: Place): MemberRecord {
  const before = state.members.get(userId)?.ranges ?? [];
  const seesEverything = before.length === 0 && state.info.history === 'everything';
  // `fromRev` is also since when they have been in.
  const range: VisibleRange = { fromRev: place.rev, fromSeq: seesEverything ? 0 : place.seq };
  return { userId, role: 'member', state: 'in', ranges: [...before, range], rev: place.rev };
}

/** The last thing somebody sees is that they are out. */
function departed(member: MemberRecord, state: 'left' | 'removed', place: Place): MemberRecord {
  const ranges = member.ranges.map((range) =>
    range.untilRev === undefined ? { ...range, untilRev: place.rev, untilSeq: place.seq } : range,
  );
  return { ...member, role: 'member', state, ranges, rev: place.rev };
}

/** A group whose last owner leaves goes to whoever has been in for longest. */
function successors(state: WorkingState, leaving: MemberRecord, place: Place): MemberRecord[] {
  const staying = [...state.members.values()].filter(
    (member) => member.state === 'in' && member.userId !== leaving.userId,
  );
  if (leaving.role !== 'owner' || staying.some((member) => member.role === 'owner')) return [];
  const since = (member: MemberRecord) => member.ranges.at(-1)?.fromRev ?? 0;
  const heir = staying.sort((a, b) => since(a) - since(b) || (a.userId < b.userId ? -1 : 1))[0];
  return heir === undefined ? [] : [{ ...heir, role: 'owner', rev: place.rev }];
}
