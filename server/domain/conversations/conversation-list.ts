import { presentInfo, presentMember } from '../../presenters/present-records.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Answer } from '../domain.ts';
import { requireMember } from '../policies/membership.ts';
import { headFor } from '../sync/viewer.ts';
import type { ConversationCache } from './conversation-cache.ts';

/** Conversations a page at a time, for clients that keep nothing. */
export function listConversations(options: {
  feeds: FeedReader;
  cache: ConversationCache;
}): Answer<'listConversations'> {
  return async (caller, { after, limit }) => {
    const memberships = await options.feeds.readEntries(caller.userId, 'membership');
    const ids = memberships
      .filter(({ key, state }) => state === 'in' && (after === undefined || key > after))
      .map(({ key }) => key)
      .sort();
    const states = await Promise.all(ids.slice(0, limit).map((id) => options.cache.load(id)));
    const conversations = states.flatMap((state) => {
      const member = state?.members.get(caller.userId);
      if (!state || !member) return [];
      return { conversationId: state.conversationId, info: presentInfo(state.info), head: headFor(state, member) };
    });
    return { conversations, hasMore: ids.length > limit };
  };
}

export function getMembers(options: { reader: ConversationReader; cache: ConversationCache }): Answer<'getMembers'> {
  return async (caller, { conversationId }) => {
    const { state } = await options.cache.require(conversationId, (current) => requireMember(current, caller.userId));
    const { mrev, markers } = await options.reader.readMarkers(conversationId);
    return { atRev: state.head.rev, members: [...state.members.values()].map(presentMember), mrev, markers };
  };
}
