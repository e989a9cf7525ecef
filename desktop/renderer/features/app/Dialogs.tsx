import { useCallback } from 'react';
import { AccountProvider } from '../../client/engine-context.ts';
import { useGo, useNavigation } from '../../client/navigation.ts';
import { SignInAgainDialog } from '../auth/SignInAgainDialog.tsx';
import { ShortcutSheet } from '../keyboard/ShortcutSheet.tsx';
import { AddContactDialog } from '../people/AddContactDialog.tsx';
import { AddMembersDialog } from '../people/AddMembersDialog.tsx';
import { LeaveGroupDialog, RemoveContactDialog, RemoveMemberDialog } from '../people/ConfirmDialogs.tsx';
import { NewConversationDialog } from '../people/NewConversationDialog.tsx';
import { NewGroupDialog } from '../people/NewGroupDialog.tsx';
import { RenameContactDialog, RenameGroupDialog } from '../people/RenameDialogs.tsx';
import { SignOutDialog } from '../settings/SignOutDialog.tsx';
import { Switcher } from '../switcher/Switcher.tsx';

/** The one dialog that is open. */
export function Dialogs() {
  const dialog = useNavigation((navigation) => navigation.dialog);
  const go = useGo();
  const onClose = useCallback(() => go({ dialog: undefined }), [go]);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'switcher':
      return <Switcher onClose={onClose} />;
    case 'new-conversation':
      return <NewConversationDialog onClose={onClose} />;
    case 'add-contact':
      return <AddContactDialog {...dialog} onClose={onClose} />;
    case 'new-group':
      return <NewGroupDialog {...dialog} onClose={onClose} />;
    case 'add-members':
      return <AddMembersDialog {...dialog} onClose={onClose} />;
    case 'rename-contact':
      return <RenameContactDialog {...dialog} onClose={onClose} />;
    case 'remove-contact':
      return <RemoveContactDialog {...dialog} onClose={onClose} />;
    case 'rename-group':
      return <RenameGroupDialog {...dialog} onClose={onClose} />;
    case 'remove-member':
      return <RemoveMemberDialog {...dialog} onClose={onClose} />;
    case 'leave-group':
      return <LeaveGroupDialog {...dialog} onClose={onClose} />;
    case 'sign-in-again':
      return (
        <AccountProvider value={dialog.account}>
          <SignInAgainDialog onClose={onClose} />
        </AccountProvider>
      );
    case 'sign-out':
      return (
        <AccountProvider value={dialog.account}>
          <SignOutDialog onClose={onClose} />
        </AccountProvider>
      );
    case 'shortcuts':
      return <ShortcutSheet onClose={onClose} />;
  }
}
