import { conversationInFront, useGo, useNavigation } from '../../client/navigation.ts';
import { useAllConversations } from '../../client/selectors.ts';
import { useShortcut } from '../../client/shortcuts.ts';
import { focusNextRegion } from './regions.ts';

/** The shortcuts that work anywhere in the window. */
export function useAppShortcuts(): void {
  const go = useGo();
  const navigation = useNavigation((state) => state);
  const conversations = useAllConversations();
  const hasDialog = navigation.dialog !== undefined;

  const step = (by: 1 | -1, isWanted: (unread: number) => boolean) => {
    if (hasDialog) return false;
    const current = conversations.findIndex(
      ({ account, conversation }) => account === navigation.account && conversation.id === navigation.conversationId,
    );
    const behind = by === 1 ? conversations.slice(current + 1) : conversations.slice(0, Math.max(0, current)).reverse();
    const next = behind.find(({ conversation }) => isWanted(conversation.unread));
    if (next) go(conversationInFront(next.account, next.conversation.id));
    return true;
  };
  const any = () => true;
  const isUnread = (unread: number) => unread > 0;
  useShortcut('previousConversation', () => step(-1, any));
  useShortcut('nextConversation', () => step(1, any));
  useShortcut('previousUnread', () => step(-1, isUnread));
  useShortcut('nextUnread', () => step(1, isUnread));

  useShortcut('switcher', () => {
    go({ dialog: navigation.dialog?.kind === 'switcher' ? undefined : { kind: 'switcher' } });
  });
  useShortcut('sheet', () => go({ dialog: { kind: 'shortcuts' } }));
  useShortcut('settings', () => go({ settings: 'profile', dialog: undefined }));
  useShortcut('nextRegion', () => !hasDialog && focusNextRegion(document, 1));
  useShortcut('previousRegion', () => !hasDialog && focusNextRegion(document, -1));

  useShortcut('close', () => {
    if (hasDialog) return false;
    if (navigation.settings !== undefined) go({ settings: undefined });
    else if (navigation.isDetailsOpen) go({ isDetailsOpen: false });
    else return false;
    return true;
  });
}
