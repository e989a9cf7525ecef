import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '../../../engine/api/views.ts';
import { useAccountEngine } from '../../client/engine-context.ts';
import { OnScreenReport } from '../../client/shell/OnScreenReport.tsx';
import { useConversation, useMessages, useThread } from '../../client/selectors.ts';
import { useAfterDelay } from '../../ui/Skeleton.tsx';
import { Composer } from './Composer.tsx';
import { ThreadActionsProvider, type ThreadActions } from './thread-actions.ts';
import { ThreadLog, type ThreadLogHandle } from './ThreadLog.tsx';
import { createRowBuilder } from './thread-rows.ts';
import { EmptyThread, ReadOnlyNote, ThreadSkeleton } from './ThreadPlaceholders.tsx';
import { TypingLine } from './TypingLine.tsx';

export interface ThreadProps {
  conversationId: string;
}

/** Everything below the header of a conversation: its messages, who is typing, the composer. */
export function Thread({ conversationId }: ThreadProps) {
  const conversation = useConversation(conversationId);
  return conversation ? <OpenThread key={conversationId} conversation={conversation} /> : null;
}

interface OpenThreadProps {
  conversation: ConversationView;
}

function OpenThread({ conversation }: OpenThreadProps) {
  const { id, canWrite } = conversation;
  const call = useAccountEngine();
  const log = useRef<ThreadLogHandle>(null);
  const [replyTo, setReplyTo] = useState<MessageView>();
  useEffect(() => {
    void call('openThread', { conversationId: id });
    return () => void call('closeThread', { conversationId: id });
  }, [call, id]);

  const actions = useMemo<ThreadActions>(
    () => ({
      reply: setReplyTo,
      jumpTo: (messageId) => void call('jumpToMessage', { conversationId: id, messageId }),
      retry: (messageId) => void call('retryMessage', { conversationId: id, messageId }),
      discard: (messageId) => void call('discardMessage', { conversationId: id, messageId }),
    }),
    [call, id],
  );
  const messages = useMessages(id);
  const cancelReply = useCallback(() => setReplyTo(undefined), []);
  const replyToLast = () => {
    const last = messages.findLast(({ content, seq }) => content.kind === 'text' && seq !== undefined);
    if (last) setReplyTo(last);
  };
  const afterSending = () => {
    cancelReply();
    log.current?.goToNewest();
  };
  return (
    <ThreadActionsProvider value={actions}>
      <div className="flex h-full min-h-0 flex-col">
        <Messages conversation={conversation} messages={messages} log={log} />
        <div className="shrink-0 px-3.5 pb-4.5 pair:px-6">
          <TypingLine conversationId={id} />
          {canWrite ? (
            <Composer
              conversation={conversation}
              replyTo={replyTo}
              onCancelReply={cancelReply}
              onReplyToLast={replyToLast}
              onSent={afterSending}
              lastSeen={() => log.current?.lastSeen()}
            />
          ) : (
            <ReadOnlyNote conversation={conversation} />
          )}
        </div>
      </div>
    </ThreadActionsProvider>
  );
}

interface MessagesProps {
  conversation: ConversationView;
  messages: readonly MessageView[];
  log: RefObject<ThreadLogHandle | null>;
}

function Messages({ conversation, messages, log }: MessagesProps) {
  const thread = useThread(conversation.id);
  const [buildRows] = useState(createRowBuilder);
  const rows = useMemo(() => (thread ? buildRows(messages, thread) : []), [buildRows, messages, thread]);
  const isLoading = thread?.state !== 'ready';
  const isSlow = useAfterDelay(isLoading);
  if (isLoading) return isSlow ? <ThreadSkeleton /> : <div className="grow" />;
  const isEmpty = rows.length === 0 && thread.older === 'none';
  if (isEmpty) {
    return (
      <>
        <OnScreenReport conversationId={conversation.id} isAtNewest />
        <EmptyThread conversation={conversation} />
      </>
    );
  }
  return <ThreadLog conversation={conversation} thread={thread} rows={rows} handle={log} />;
}
