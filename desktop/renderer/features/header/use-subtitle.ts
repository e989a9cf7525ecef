import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useAccount, useAllPresence, useMembers, usePresence } from '../../client/selectors.ts';
import { useNow } from '../../client/use-now.ts';
import { daysBetween, useFormat } from '../../i18n/use-format.ts';

/** Presence is only known while this device hears from its server. */
export function useIsConnected(): boolean {
  const connection = useAccount()?.connection.kind;
  return connection === 'current' || connection === 'catching-up';
}

/** "Online", or when somebody was last there; nothing where it is not known. */
export function usePresenceWords(userId: string | undefined): string | undefined {
  const { t } = useTranslation('details');
  const presence = usePresence(userId);
  const isConnected = useIsConnected();
  const format = useFormat();
  const now = useNow(60_000);
  if (!presence) return undefined;
  if (presence.isOnline) return isConnected ? t('online') : undefined;
  const { lastSeenAt } = presence;
  if (lastSeenAt === undefined) return isConnected ? t('offline') : undefined;
  if (daysBetween(lastSeenAt, now) === 0) return t('lastSeenToday', { time: format.time(lastSeenAt) });
  return t('lastSeen', { day: format.day(lastSeenAt, now) });
}

/** The line below the name in the header. */
export function useSubtitle(conversation: ConversationView): string | undefined {
  const { t } = useTranslation('details');
  const presenceWords = usePresenceWords(conversation.peerId);
  const members = useMembers(conversation.id);
  const presence = useAllPresence();
  const myUserId = useAccount()?.userId;
  const isConnected = useIsConnected();
  if (conversation.kind === 'direct') return presenceWords;
  const count = t('members', { count: conversation.memberCount });
  const online = members.filter(({ userId }) => userId === myUserId || presence.get(userId)?.isOnline).length;
  const isOutside = conversation.state === 'left' || conversation.state === 'removed';
  return isConnected && !isOutside && online > 0 ? t('membersOnline', { members: count, online }) : count;
}
