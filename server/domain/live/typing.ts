import type { Answer } from '../domain.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';
import { requireMember } from '../policies/membership.ts';
import type { LiveChannel } from './channel.ts';
import type { Peers } from './peers.ts';

/** Typing is told and forgotten (D11). */
export function setTyping(options: {
  cache: ConversationCache;
  channel: LiveChannel;
  peers?: Pick<Peers, 'tell'> | undefined;
}): Answer<'setTyping'> {
  return async (caller, { conversationId, isTyping }) => {
    await options.cache.require(conversationId, (state) => requireMember(state, caller.userId));
    const payload = { conversationId, userId: caller.userId, isTyping };
    options.channel.tellConversation(conversationId, 'typingChanged', payload, caller.socketId);
    options.peers?.tell({ kind: 'typing', about: conversationId, payload });
    return {};
  };
}
