import type { OutputOf } from '@parley/shared/contract/define.ts';
import type { Operations } from '@parley/shared/contract/registry.ts';
import { type Ask, Refusal } from '../connection/ask.ts';

/**
 * Everyone of a conversation, or those whose ids come after `after`, over as many pages as it takes. What is answered is at least as new
 * as `atRev` and `mrev`.
 */
export async function readMembers(
  ask: Ask,
  conversationId: string,
  after?: string,
): Promise<Omit<OutputOf<Operations['getMembers']>, 'hasMore'>> {
  const { hasMore, ...page } = await ask('getMembers', { conversationId, ...(after !== undefined && { after }) });
  if (!hasMore) return page;
  const last = page.members.at(-1)?.userId;
  if (last === undefined || (after !== undefined && last <= after)) throw new Refusal('internal');
  const rest = await readMembers(ask, conversationId, last);
  return {
    atRev: Math.min(page.atRev, rest.atRev),
    members: [...page.members, ...rest.members],
    mrev: Math.min(page.mrev, rest.mrev),
    markers: [...page.markers, ...rest.markers],
  };
}
