import { useTranslation } from 'react-i18next';
import { isMuted } from '@parley/shared/model/notices.ts';
import { conversationInFront, useGo } from '../../client/navigation.ts';
import { type ListedConversation, useAllConversations } from '../../client/selectors.ts';
import { useNow } from '../../client/use-now.ts';
import { useWhose } from '../../client/whose.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PersonText } from '../../ui/PersonText.tsx';
import { Whose } from '../../ui/Whose.tsx';
import { useNoticeWords } from '../details/NoticesSection.tsx';

/** The conversations that differ from what is said above them; each is changed in its details. */
export function OwnRules() {
  const { t } = useTranslation('notifications');
  const now = useNow(60_000);
  const whose = useWhose();
  const differing = useAllConversations().filter(
    ({ conversation }) => conversation.notify !== undefined || isMuted(conversation.mutedUntil, now),
  );
  if (differing.length === 0) return null;
  return (
    <section aria-labelledby="own-rules" className="pt-8">
      <h3 id="own-rules" className="pb-1 text-label text-ink-2">
        {t('ownRules')}
      </h3>
      <ul>
        {differing.map((listed) => (
          <OwnRule key={`${listed.account} ${listed.conversation.id}`} {...listed} whose={whose(listed)} />
        ))}
      </ul>
    </section>
  );
}

function OwnRule({ account, conversation, whose }: ListedConversation & { whose: string | undefined }) {
  const { t } = useTranslation('notifications');
  const go = useGo();
  const words = useNoticeWords(conversation);
  const { id, kind, peerId, title } = conversation;
  return (
    <li className="flex min-h-13.5 items-center gap-3 border-b border-line py-2 last:border-0">
      <Avatar id={peerId ?? id} name={title} kind={kind === 'direct' ? 'person' : 'group'} size={34} />
      <span className="flex min-w-0 grow items-baseline gap-1.5 text-name font-[550]">
        <PersonText className="truncate">{title}</PersonText>
        {whose !== undefined && <Whose label={whose} />}
      </span>
      <span className="shrink-0 text-preview text-ink-2 tabular-nums">{words}</span>
      <LinkButton
        isPlain
        className="shrink-0 text-preview"
        aria-label={t('changeOf', { title })}
        onClick={() => go({ ...conversationInFront(account, id), isDetailsOpen: true })}
      >
        {t('change')}
      </LinkButton>
    </li>
  );
}
