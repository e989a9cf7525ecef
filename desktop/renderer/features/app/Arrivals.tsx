import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useShortNameOf } from '../../client/names.ts';
import { useConversations } from '../../client/selectors.ts';

/** Speaks messages that arrive, apart from the lists so that these can change in silence. */
export function Arrivals() {
  const { t } = useTranslation('list');
  const conversations = useConversations();
  const nameOf = useShortNameOf();
  const [words, setWords] = useState('');
  const known = useRef<Map<string, number> | undefined>(undefined);

  useEffect(() => {
    const before = known.current;
    known.current = new Map(conversations.map(({ id, lastMessage }) => [id, lastMessage?.seq ?? 0]));
    if (!before) return;
    const arrived = conversations.find((conversation) => isArrival(conversation, before.get(conversation.id)));
    const message = arrived?.lastMessage;
    if (!arrived || message?.content.kind !== 'text') return;
    const { text } = message.content;
    const name = nameOf(message.authorId ?? '');
    setWords(
      arrived.kind === 'direct' ? t('arrived', { name, text }) : t('arrivedIn', { name, text, group: arrived.title }),
    );
  }, [conversations, nameOf, t]);

  return (
    <p aria-live="polite" className="sr-only" data-testid="arrivals">
      {words}
    </p>
  );
}

function isArrival({ lastMessage }: ConversationView, seqBefore: number | undefined): boolean {
  return lastMessage?.seq !== undefined && !lastMessage.isMine && lastMessage.seq > (seqBefore ?? 0);
}
