import type { InputOf } from '@parley/shared/contract/define.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import type { ConversationView, MessageView } from '../api/views.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { People } from '../people/people.ts';
import type { StoredConversation, StoredIntent } from '../ports/local-store.ts';
import type { AccountContext } from '../store/account-context.ts';
import { feedKey } from '../store/account-memory.ts';
import { membershipOf } from '../sync/membership.ts';
import { type MessageContext, type ReceiptCount, reachOf, viewMessage, viewWaiting } from './message-view.ts';

export interface ViewSources {
  context: AccountContext;
  outbox: Outbox;
  drafts: Drafts;
  people: People;
  /** What the server has counted of own messages, while the thread is open. */
  countsOf(conversationId: string): ReadonlyMap<number, ReceiptCount> | undefined;
  /** Whether a conversation with a person is shown though nothing was said in it: somebody has just opened it. */
  isOpened(conversationId: string): boolean;
}

/** What is known of a conversation, with what is hoped for laid over it (D8). `undefined`: there is nothing to show. */
export function viewConversation(sources: ViewSources, conversationId: string): ConversationView | undefined {
  const { memory, userId } = sources.context;
  const held = memory.get('conversations', conversationId);
  const membership = membershipOf(memory, conversationId);
  const lane = sources.outbox.lane(conversationId);
  const draft = sources.drafts.textOf(conversationId);
  const lastMessage = lastMessageOf(sources, conversationId, held, lane);
  const refusalOf = refusalIn(lane);
  const shared = {
    id: conversationId,
    unread: held?.unread.count ?? 0,
    mentions: held?.unread.mentions ?? 0,
    ...noticesOf(sources, conversationId),
    readSeq: held?.unread.readSeq ?? 0,
    ...(draft !== '' && { draft }),
    ...(lastMessage && { lastMessage }),
    hasNotSent: lane.some((intent) => isMessage(intent) && refusalOf(intent) !== undefined),
  };
  const isUnknown = membership === undefined && held?.outdated === undefined;
  if (held === undefined || isUnknown || held.rev === 0) return viewNew(sources, lane, shared);

  const isGroup = held.info?.kind === 'group';
  const peerId = isGroup ? undefined : held.members.find((member) => member.userId !== userId)?.userId;
  // Lost with another history: a conversation with a person comes to be again by writing, a group can only be read.
  const state = membership?.state ?? (isGroup ? 'removed' : 'new');
  const removedBy = membership?.state === 'removed' ? removerOf(held, userId) : undefined;
  return {
    ...shared,
    kind: isGroup ? 'group' : 'direct',
    title: isGroup ? (held.info?.title ?? '') : nameOf(sources, peerId),
    ...(peerId !== undefined && { peerId }),
    state,
    ...(removedBy !== undefined && { removedBy }),
    ...active(lastMessage?.at ?? held.info?.createdAt),
    memberCount: held.members.filter((member) => member.state === 'in').length,
    canWrite: state === 'in' || state === 'new',
    isOwner: state === 'in' && membership?.role === 'owner',
  };
}

/** A conversation that only this device knows of: a group on its way, or one with a person that has no message yet. */
function viewNew(
  sources: ViewSources,
  lane: readonly StoredIntent[],
  shared: Pick<
    ConversationView,
    'id' | 'unread' | 'mentions' | 'notify' | 'mutedUntil' | 'readSeq' | 'draft' | 'lastMessage' | 'hasNotSent'
  >,
): ConversationView | undefined {
  const creation = lane.find((intent) => intent.operation === 'createGroup');
  if (creation !== undefined) {
    const { title, memberIds } = creation.body as InputOf<Operations['createGroup']>;
    const failure = creation.refusal as ErrorCode | undefined;
    return {
      ...shared,
      kind: 'group',
      title,
      state: 'new',
      ...(failure !== undefined && { failure }),
      activeAt: shared.lastMessage?.at ?? creation.at,
      memberCount: memberIds.length + 1,
      canWrite: true,
      isOwner: true,
    };
  }
  const isEmpty = lane.length === 0 && shared.draft === undefined && !sources.isOpened(shared.id);
  const peerId = isEmpty ? undefined : peerOfNew(sources, shared.id, lane);
  if (peerId === undefined) return undefined;
  return {
    ...shared,
    kind: 'direct',
    title: nameOf(sources, peerId),
    peerId,
    state: 'new',
    ...active(shared.lastMessage?.at),
    memberCount: 2,
    canWrite: true,
    isOwner: false,
  };
}

const active = (at: number | undefined) => (at === undefined ? {} : { activeAt: at });

export function peerOfNew(
  sources: Pick<ViewSources, 'people'>,
  conversationId: string,
  lane: readonly StoredIntent[],
): string | undefined {
  for (const { operation, body } of lane) {
    const directWith =
      operation === 'sendMessage' ? (body as InputOf<Operations['sendMessage']>).directWith : undefined;
    if (directWith !== undefined) return directWith;
  }
  return sources.people.peerOf(conversationId);
}

function lastMessageOf(
  sources: ViewSources,
  conversationId: string,
  held: StoredConversation | undefined,
  lane: readonly StoredIntent[],
): MessageView | undefined {
  const { userId } = sources.context;
  const reach = held === undefined ? [] : reachOf(held, userId);
  const context: MessageContext = {
    conversationId,
    userId,
    reach,
    counts: sources.countsOf(conversationId),
    find: () => undefined,
  };
  const told = held?.lastMessage && viewMessage(held.lastMessage, context);
  const refusalOf = refusalIn(lane);
  const unsent =
    lane.findLast((intent) => isMessage(intent) && refusalOf(intent) === undefined) ?? lane.findLast(isMessage);
  if (unsent === undefined) return told;
  const refusal = refusalOf(unsent);
  // What was refused stays where it was written: what came later is newer.
  return refusal !== undefined && told !== undefined && told.at > unsent.at
    ? told
    : viewWaiting(unsent, context, refusal);
}

const isMessage = (intent: StoredIntent) => intent.operation === 'sendMessage';

/** Why each intent of a lane goes nowhere. What was written in a group that could not be made shares its fate. */
export function refusalIn(lane: readonly StoredIntent[]): (intent: StoredIntent) => ErrorCode | undefined {
  const blocking = lane.find((intent) => intent.operation === 'createGroup')?.refusal;
  return ({ refusal }) => (refusal ?? blocking) as ErrorCode | undefined;
}

function noticesOf({ context }: ViewSources, conversationId: string): Pick<ConversationView, 'notify' | 'mutedUntil'> {
  const entry = context.memory.get('feed', feedKey('notices', conversationId));
  if (entry?.kind !== 'notices') return { mutedUntil: 0 };
  return { mutedUntil: entry.mutedUntil, ...(entry.choice && { notify: entry.choice }) };
}

function nameOf(sources: ViewSources, userId: string | undefined): string {
  return (userId === undefined ? undefined : sources.people.view(userId)?.name) ?? '';
}

/** The last thing somebody who was removed sees is who did it. */
function removerOf({ lastMessage }: StoredConversation, userId: string): string | undefined {
  if (lastMessage?.kind !== 'system') return undefined;
  const { event, authorId } = lastMessage;
  return event.type === 'member-removed' && event.userId === userId ? authorId : undefined;
}
