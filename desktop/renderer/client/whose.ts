import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountKey, AccountView } from '../../engine/api/views.ts';
import { useAccountKey } from './engine-context.ts';
import { type ListedConversation, type SignedInAccount, useAccounts, useAllConversations } from './selectors.ts';

/** What tells an account from the others: its server, or where two are on one, the email. */
export function accountLabels(accounts: readonly SignedInAccount[]): ReadonlyMap<AccountKey, string> {
  const isAlone = ({ serverAddress }: AccountView) =>
    accounts.filter(({ account }) => account.serverAddress === serverAddress).length === 1;
  return new Map(accounts.map(({ key, account }) => [key, isAlone(account) ? account.serverAddress : account.email]));
}

const sameness = (title: string) => title.trim().toLocaleLowerCase();

/** Titles, as they are compared, that conversations of more than one account have. */
function sharedTitles(conversations: readonly ListedConversation[]): ReadonlySet<string> {
  const firstOf = new Map<string, AccountKey>();
  const shared = new Set<string>();
  for (const { account, conversation } of conversations) {
    const title = sameness(conversation.title);
    const first = firstOf.get(title);
    if (first === undefined) firstOf.set(title, account);
    else if (first !== account) shared.add(title);
  }
  return shared;
}

/** Whose conversation it is, where its title does not say: another account has one of the same. */
export function useWhose(): (listed: ListedConversation) => string | undefined {
  const accounts = useAccounts();
  const conversations = useAllConversations();
  const shared = useMemo(
    () => (accounts.length > 1 ? sharedTitles(conversations) : undefined),
    [accounts, conversations],
  );
  const labels = useMemo(() => accountLabels(accounts), [accounts]);
  return useCallback(
    ({ account, conversation }) => (shared?.has(sameness(conversation.title)) ? labels.get(account) : undefined),
    [shared, labels],
  );
}

/** What tells the accounts apart where there are several. */
export function useAccountLabels(): ReadonlyMap<AccountKey, string> | undefined {
  const accounts = useAccounts();
  return useMemo(() => (accounts.length > 1 ? accountLabels(accounts) : undefined), [accounts]);
}

/** Says of a dialog which account it is about, where there are several. */
export function useAccountNote(): string | undefined {
  const { t } = useTranslation('accounts');
  const label = useAccountLabels()?.get(useAccountKey());
  return label === undefined ? undefined : t('of', { account: label });
}
