import type { AccountView } from '../../engine/api/views.ts';
import type { ShellFact } from '../../ipc/shell-api.ts';
import type { DeepLink } from './deep-link.ts';

export interface LinkedViews {
  readonly accounts: ReadonlyMap<string, Pick<AccountView, 'serverAddress'>>;
  conversation(account: string, conversationId: string): object | undefined;
}

/**
 * Where a link leads on this device: into a conversation that is already here, or to the form for a server's address. Nothing for
 * conversations nobody here is in.
 */
export function followLink(link: DeepLink, views: LinkedViews): ShellFact | undefined {
  if (link.kind === 'join') return { kind: 'add-server', address: link.server };
  const { server, conversationId, messageId } = link;
  for (const [account, { serverAddress }] of views.accounts) {
    if (hostOf(serverAddress) !== hostOf(`https://${server}`)) continue;
    if (views.conversation(account, conversationId) === undefined) continue;
    return { kind: 'open', target: { account, conversationId, ...(messageId !== undefined && { messageId }) } };
  }
  return undefined;
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}
