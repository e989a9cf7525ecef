import type { Answer } from '../domain.ts';
import type { ConversationCache } from '../conversations/conversation-cache.ts';
import { requireMember } from '../policies/membership.ts';
import type { LiveChannel } from './channel.ts';

/** Typing is told and forgotten (D11). */
export function setTyping(options: { cache: ConversationCache; channel: LiveChannel }): Answer<'setTyping'> {
  return async (caller, { conversationId, isTyping }) => {
    requireMember(await options.cache.load(conversationId), caller.userId);
    const payload = { conversationId, userId: caller.userId, isTyping };
    options.channel.tellConversation(conversationId, 'typingChanged', payload, caller.socketId);
    return {};
  };
}
