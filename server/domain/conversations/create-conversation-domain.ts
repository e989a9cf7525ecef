import type { Profile } from '@parley/shared/contract/entities/profile.ts';
import type { OperationKey } from '@parley/shared/contract/registry.ts';
import type { FeedAdvance } from '../../storage/port/conversations.ts';
import type { SharedReader } from '../../storage/port/shared.ts';
import type { Storage } from '../../storage/port/storage.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from '../domain.ts';
import type { Log } from '../log.ts';
import { Contacts, type Discovery } from '../feeds/contacts.ts';
import { putDraft } from '../feeds/drafts.ts';
import { FeedWriter } from '../feeds/feed-writer.ts';
import { putNotices } from '../feeds/notices.ts';
import { AccountFollower } from '../live/account-follower.ts';
import type { LiveChannel, LiveSockets } from '../live/channel.ts';
import { ConversationFollower } from '../live/conversation-follower.ts';
import { LiveUpdates } from '../live/live-updates.ts';
import { LocalSockets } from '../live/local-sockets.ts';
import { PeerUpdates } from '../live/peer-updates.ts';
import type { Notice, Peers } from '../live/peers.ts';
import { PresenceWatch } from '../live/presence.ts';
import { setTyping } from '../live/typing.ts';
import { getProfiles } from '../people/get-profiles.ts';
import { Acquaintance } from '../policies/acquaintance.ts';
import { Sync } from '../sync/sync.ts';
import { ConversationCache } from './conversation-cache.ts';
import { getMembers, listConversations } from './conversation-list.ts';
import { type CommittedChanges, ConversationWriter } from './conversation-writer.ts';
import { type DirectConversationId, openDirect } from './direct.ts';
import { Groups } from './groups.ts';
import { Markers } from './markers.ts';
import { Messages } from './messages.ts';

export interface ConversationDomainOptions {
  storage: Storage;
  clock: Clock;
  channel: LiveChannel;
  log: Log;
  directIdOf: DirectConversationId;
  /** Where other processes serve the same data, too. */
  connection?: Connection | undefined;
  settings: {
    discovery: Discovery;
    maxGroupMembers: number;
    messageMaxChars: number;
    /** For how long markers and comings and goings are gathered, and how often followed heads are compared with the store. */
    markersGatherMs: number;
    presenceGatherMs: number;
    refreshHeadsMs: number;
    /** A device that is further behind gets the newest page and a hole. */
    leapAboveRevs: number;
  };
}

export interface Connection {
  peers: Peers;
  shared: SharedReader;
}

/** The operations answered here; the others are about accounts. */
export type ConversationOperation = Extract<
  OperationKey,
  | 'getProfiles'
  | 'addContact'
  | 'renameContact'
  | 'removeContact'
  | 'listConversations'
  | 'getMembers'
  | 'openDirect'
  | 'createGroup'
  | 'addMembers'
  | 'removeMember'
  | 'leaveGroup'
  | 'renameGroup'
  | 'sendMessage'
  | 'pageMessages'
  | 'countReceipts'
  | 'moveMarkers'
  | 'putDraft'
  | 'putNotices'
  | 'watchPresence'
  | 'setTyping'
  | 'syncAccount'
  | 'syncConversations'
  | 'syncChanges'
  | 'checkSync'
>;

export interface ConversationDomain {
  answers: { [K in ConversationOperation]: Answer<K> };
  live: LiveSockets;
  /** To be told when somebody's profile has changed. */
  profileChanged(profile: Profile): Promise<void>;
  /** Writes what is still gathered. */
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;
/** For so long a retry gets its first answer, and a deletion is told to a device that was away (D1, D15). */
const intentsLastMs = 400 * dayMs;
/** What one process commits reaches the others within milliseconds; whoever reads it from the store at once reads it in vain. */
const noticeUnderwayMs = 20;

/** Puts everything about conversations together; whoever makes it closes it before the storage. */
export function createConversationDomain(options: ConversationDomainOptions): ConversationDomain {
  const { storage, clock, channel, log, directIdOf, settings, connection } = options;
  const peers = connection?.peers;
  const tellPeers = (notice: Notice) => peers?.tell(notice);
  const { conversations: store, feeds, accounts } = storage;
  const cache = new ConversationCache(store);
  const acquaintance = new Acquaintance(store, feeds, cache);

  const sockets = new LocalSockets();
  const conversationFollower = new ConversationFollower({
    reader: store,
    channel,
    sockets,
    log,
    shared: connection && {
      reader: connection.shared,
      awaitNotice: () => new Promise((resolve) => void clock.schedule(resolve, noticeUnderwayMs)),
      readMarkers: (conversationId) => markers.readShared(conversationId),
    },
  });
  const accountFollower = new AccountFollower({
    reader: feeds,
    channel,
    sockets,
    log,
    ...(connection && {
      letIn: (userId: string, conversationIds: readonly string[]) =>
        conversationFollower.letIn(userId, conversationIds),
    }),
  });
  const presence = new PresenceWatch({
    accounts,
    acquaintance,
    sockets,
    channel,
    clock,
    log,
    gatherMs: settings.presenceGatherMs,
    peers,
  });
  const live = new LiveUpdates({
    feeds,
    sockets,
    channel,
    conversations: conversationFollower,
    accounts: accountFollower,
    presence,
  });

  const peerUpdates =
    connection &&
    new PeerUpdates({
      shared: connection.shared,
      cache,
      sockets,
      channel,
      conversations: conversationFollower,
      accounts: accountFollower,
      presence,
      live,
      log,
    });
  if (peerUpdates !== undefined) peers?.listen(peerUpdates);

  const advanced = (advances: FeedAdvance[]) => {
    accountFollower.advanced(advances);
    for (const advance of advances) tellPeers({ kind: 'feedAdvanced', about: advance.userId, advance });
  };
  const writer = new ConversationWriter({
    store,
    cache,
    clock,
    committed: (committed: CommittedChanges) => {
      if (peers !== undefined) tellCommitted(peers, committed);
      advanced(committed.advances);
      conversationFollower.committed(committed);
      if (committed.sharesMarkers) markers.shareLater(committed.state.conversationId);
    },
  });
  const markers = new Markers({
    store,
    cache,
    clock,
    log,
    gatherMs: settings.markersGatherMs,
    moved: (conversationId, moved, isShared) => {
      advanced(moved.advances);
      if (!isShared) return;
      conversationFollower.markersMoved(conversationId, moved);
      const { advances: _, ...told } = moved;
      tellPeers({ kind: 'markersMoved', about: conversationId, moved: told });
    },
  });
  const feedWriter = new FeedWriter({ feeds, clock, advanced });
  const groups = new Groups({
    writer,
    acquaintance,
    accounts,
    markers,
    feeds,
    feedWriter,
    maxGroupMembers: settings.maxGroupMembers,
  });
  const contacts = new Contacts({
    writer: feedWriter,
    feeds,
    accounts,
    acquaintance,
    directIdOf,
    discovery: settings.discovery,
  });
  const messages = new Messages({
    writer,
    reader: store,
    cache,
    acquaintance,
    markers,
    directIdOf,
    messageMaxChars: settings.messageMaxChars,
  });
  const sync = new Sync({ reader: store, feeds, cache, leapAboveRevs: settings.leapAboveRevs });
  const stopRefreshing = repeat(clock, settings.refreshHeadsMs, () =>
    (peerUpdates ?? conversationFollower)
      .refresh()
      .catch((error: unknown) => log.warn('Followed heads were not refreshed', error)),
  );

  const stopPurging = repeat(clock, dayMs, () =>
    feeds
      .purge(clock.now() - intentsLastMs)
      .catch((error: unknown) => log.warn('Old tombstones and intents were not purged', error)),
  );

  return {
    answers: {
      getProfiles: getProfiles({ accounts, acquaintance }),
      addContact: contacts.add,
      renameContact: contacts.rename,
      removeContact: contacts.remove,
      listConversations: listConversations({ feeds, cache }),
      getMembers: getMembers({ reader: store, cache }),
      openDirect: openDirect({ accounts, acquaintance, directIdOf }),
      createGroup: groups.create,
      addMembers: groups.addMembers,
      removeMember: groups.removeMember,
      leaveGroup: groups.leave,
      renameGroup: groups.rename,
      sendMessage: messages.send,
      pageMessages: messages.page,
      countReceipts: messages.countReceipts,
      moveMarkers: markers.move,
      putDraft: putDraft({ writer: feedWriter, feeds }),
      putNotices: putNotices({ writer: feedWriter, feeds }),
      watchPresence: presence.watch,
      setTyping: setTyping({ cache, channel, peers }),
      syncAccount: sync.account,
      syncConversations: sync.conversations,
      syncChanges: sync.changes,
      checkSync: sync.check,
    },
    live,
    profileChanged: (profile) => {
      tellPeers({ kind: 'profileChanged', about: profile.userId, profile });
      return live.profileChanged(profile);
    },
    close: async () => {
      stopPurging();
      stopRefreshing();
      await markers.close();
    },
  };
}

/** Before the feeds it leads to: who is let into a conversation hears it by then. */
function tellCommitted(peers: Peers, { state, changes }: CommittedChanges): void {
  const told = changes.map(({ change: { info, members, message } }) => ({ ...(info && { info }), members, message }));
  const kind = told.some(({ members }) => members.length > 0) ? 'membersChanged' : 'changed';
  peers.tell({ kind, about: state.conversationId, changes: told });
}

function repeat(clock: Clock, everyMs: number, run: () => Promise<void>): () => void {
  let cancel = clock.schedule(function again() {
    void run().finally(() => {
      if (!isStopped) cancel = clock.schedule(again, everyMs);
    });
  }, everyMs);
  let isStopped = false;
  return () => {
    isStopped = true;
    cancel();
  };
}
