import type { Answer } from '../domain.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';
import { requireMember } from '../policies/membership.ts';
import type { LiveChannel } from './channel.ts';

/** Typing is told and forgotten (D11). */
export function setTyping(options: { cache: ConversationCache; channel: LiveChannel }): Answer<'setTyping'> {
  return async (caller, { conversationId, isTyping }) => {
    await options.cache.require(conversationId, (state) => requireMember(state, caller.userId));
    const payload = { conversationId, userId: caller.userId, isTyping };
    options.channel.tellConversation(conversationId, 'typingChanged', payload, caller.socketId);
    return {};
  };
}
