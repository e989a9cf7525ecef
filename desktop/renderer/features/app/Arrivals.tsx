import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../engine/api/views.ts';
import { useShortNameOf } from '../../client/names.ts';
import { useConversations, usePerson } from '../../client/selectors.ts';

/** The name of somebody new comes after their words: it is waited for this long. */
const nameWithinMs = 3_000;

/** Speaks messages that arrive, apart from the lists so that these can change in silence. */
export function Arrivals() {
  const { t } = useTranslation('list');
  const nameOf = useShortNameOf();
  const arrived = useArrived();
  const [overdue, setOverdue] = useState<ConversationView>();
  const [spoken, setSpoken] = useState<{ arrived?: ConversationView; words: string }>({ words: '' });
  const { authorId = '', content } = arrived?.lastMessage ?? {};
  const isNamed = usePerson(authorId) !== undefined;

  useEffect(() => {
    const timer = setTimeout(() => setOverdue(arrived), nameWithinMs);
    return () => clearTimeout(timer);
  }, [arrived]);

  // What was once spoken stays as it is: a name that changes later is no reason to say it again.
  const isDue = arrived && arrived !== spoken.arrived && (isNamed || arrived === overdue);
  if (isDue && content?.kind === 'text') {
    const said = { name: nameOf(authorId), text: content.text };
    const words = arrived.kind === 'group' ? t('arrivedIn', { ...said, group: arrived.title }) : t('arrived', said);
    setSpoken({ arrived, words });
  }

  return (
    <p aria-live="polite" className="sr-only" data-testid="arrivals">
      {spoken.words}
    </p>
  );
}

/** The conversation whose newest message arrived last, as it was then. */
function useArrived(): ConversationView | undefined {
  const conversations = useConversations();
  const known = useRef<Map<string, number> | undefined>(undefined);
  const [arrived, setArrived] = useState<ConversationView>();

  useEffect(() => {
    const before = known.current;
    known.current = new Map(conversations.map(({ id, lastMessage }) => [id, lastMessage?.seq ?? 0]));
    const found = before && conversations.find((conversation) => isArrival(conversation, before.get(conversation.id)));
    if (found) setArrived(found);
  }, [conversations]);
  return arrived;
}

function isArrival({ lastMessage }: ConversationView, seqBefore: number | undefined): boolean {
  return lastMessage?.seq !== undefined && !lastMessage.isMine && lastMessage.seq > (seqBefore ?? 0);
}
