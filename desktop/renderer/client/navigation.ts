import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** One dialog at a time; each says what it needs to start. */
export type OpenDialog =
  | { kind: 'switcher' }
  | { kind: 'new-conversation' }
  | { kind: 'add-contact'; email?: string }
  | { kind: 'new-group'; title?: string; memberIds?: readonly string[] }
  | { kind: 'add-members'; conversationId: string }
  | { kind: 'rename-contact'; userId: string }
  | { kind: 'remove-contact'; userId: string }
  | { kind: 'rename-group'; conversationId: string }
  | { kind: 'remove-member'; conversationId: string; userId: string }
  | { kind: 'leave-group'; conversationId: string }
  | { kind: 'sign-in-again' }
  | { kind: 'sign-out' }
  | { kind: 'shortcuts' };

export type SettingsSection = 'profile' | 'appearance' | 'language' | 'keyboard';

/** Where the person is in the window. It belongs to this window only and is not kept. */
export interface Navigation {
  conversationId?: string | undefined;
  settings?: SettingsSection | undefined;
  isDetailsOpen: boolean;
  dialog?: OpenDialog | undefined;
}
export type NavigationStore = StoreApi<Navigation>;

export function createNavigation(): NavigationStore {
  return createStore<Navigation>(() => ({ isDetailsOpen: false }));
}

const NavigationContext = createContext<NavigationStore | null>(null);
export const NavigationProvider = NavigationContext.Provider;

function useNavigationStore(): NavigationStore {
  const store = useContext(NavigationContext);
  if (!store) throw new Error('There is no NavigationProvider above this component');
  return store;
}

export function useNavigation<T>(select: (navigation: Navigation) => T): T {
  return useStore(useNavigationStore(), select);
}

/** Changes where the person is: `const go = useGo(); go({ dialog: { kind: 'switcher' } })`. */
export function useGo(): (change: Partial<Navigation>) => void {
  return useNavigationStore().setState;
}

/** Shows a conversation, whatever was in front of it. */
export function conversationInFront(conversationId: string): Partial<Navigation> {
  return { conversationId, settings: undefined, dialog: undefined };
}
