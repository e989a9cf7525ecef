import { useEffect, useMemo } from 'react';
import { useAccountEngine } from '../../client/engine-context.ts';
import { useAccount, useConversation, useConversations, useMembers } from '../../client/selectors.ts';

const maxPeople = 100;
const noConversation = '';

/** Whose presence is worth asking for: members of the open group, then the people of the list, most recent first. */
export function useWatchedPresence(openId: string | undefined): void {
  const call = useAccountEngine();
  const conversations = useConversations();
  const openPeerId = useConversation(openId)?.peerId;
  const members = useMembers(openId ?? noConversation);
  const myUserId = useAccount()?.userId;

  const wanted = useMemo(() => {
    const userIds = new Set<string>();
    if (openPeerId !== undefined) userIds.add(openPeerId);
    for (const { userId } of members) userIds.add(userId);
    for (const { peerId } of conversations) if (peerId !== undefined) userIds.add(peerId);
    if (myUserId !== undefined) userIds.delete(myUserId);
    return [...userIds].slice(0, maxPeople).toSorted().join(' ');
  }, [conversations, members, openPeerId, myUserId]);

  useEffect(() => {
    void call('watchPresence', { userIds: wanted === '' ? [] : wanted.split(' ') });
  }, [call, wanted]);
}
