import { presentInfo } from '../../presenters/present-records.ts';
import type { ConversationReader } from '../../storage/port/conversations.ts';
import type { FeedReader } from '../../storage/port/feeds.ts';
import type { Answer } from '../domain.ts';
import { requireEverMember } from '../policies/membership.ts';
import { fitting } from '../sync/answer-size.ts';
import { headFor, membersFor } from '../sync/viewer.ts';
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

/** Leaves as much room for their markers. */
const membersMaxBytes = 240 * 1024;

export function getMembers(options: { reader: ConversationReader; cache: ConversationCache }): Answer<'getMembers'> {
  return async (caller, { conversationId, after }) => {
    const { state, member } = await options.cache.require(conversationId, (current) =>
      requireEverMember(current, caller.userId),
    );
    const all = membersFor(state, member).filter(({ userId }) => after === undefined || userId > after);
    const members = fitting(all, membersMaxBytes);
    const page = { atRev: headFor(state, member).rev, members, hasMore: members.length < all.length };
    // Where they have got to since is not for somebody who is out.
    if (member.state !== 'in') return { ...page, mrev: 0, markers: [] };
    const ids = new Set(members.map(({ userId }) => userId));
    const { mrev, markers } = await options.reader.readMarkers(conversationId);
    return { ...page, mrev, markers: markers.filter(({ userId }) => ids.has(userId)) };
  };
}
