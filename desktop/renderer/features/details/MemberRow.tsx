import { MessageSquare, MoreHorizontal, UserMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationView, MemberView } from '../../../engine/api/views.ts';
import { shortName } from '../../client/names.ts';
import { useGo, useShowConversation } from '../../client/navigation.ts';
import { usePerson, usePresence } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { useIsConnected } from '../header/use-subtitle.ts';

export interface MemberRowProps {
  member: MemberView;
  conversation: ConversationView;
  isMe: boolean;
}

export function MemberRow({ member: { userId, role }, conversation, isMe }: MemberRowProps) {
  const { t } = useTranslation('details');
  const { t: tNames } = useTranslation('names');
  const name = usePerson(userId)?.name ?? tNames('someone');
  const isThere = usePresence(userId)?.isOnline === true;
  // Nobody is asked about their own presence: who reads this is there.
  const isOnline = useIsConnected() && (isMe || isThere);
  const go = useGo();
  const show = useShowConversation();
  const { run } = useCommand('openDirect');
  const canRemove = conversation.isOwner && conversation.state === 'in' && !isMe;

  const write = async () => {
    const opened = await run({ userId });
    if (!opened) return;
    go({ isDetailsOpen: false });
    show(opened.conversationId);
  };
  const note = isMe ? t('you') : role === 'owner' ? t('owner') : undefined;

  return (
    <li className="group relative -mx-2 flex min-h-10 items-center gap-2.5 rounded-field px-2 hover:bg-base-300/35">
      <Avatar id={userId} name={name} kind="person" size={28} isOnline={isOnline} />
      <PersonText className="min-w-0 grow truncate text-start text-interface font-[550]">{name}</PersonText>
      {isOnline && <span className="sr-only">{t('online')}</span>}
      {note !== undefined && (
        <span className="shrink-0 text-meta text-ink-2 group-has-[button:focus-visible]:invisible group-hover:not-last:invisible">
          {note}
        </span>
      )}
      {!isMe && (
        <Menu icon={MoreHorizontal} label={name} isQuiet className="absolute end-1">
          <MenuItem icon={MessageSquare} onClick={() => void write()}>
            {t('writeTo', { name: shortName(name) })}
          </MenuItem>
          {canRemove && (
            <MenuItem
              icon={UserMinus}
              isDanger
              onClick={() => go({ dialog: { kind: 'remove-member', conversationId: conversation.id, userId } })}
            >
              {t('remove', { name: shortName(name) })}
            </MenuItem>
          )}
        </Menu>
      )}
    </li>
  );
}
