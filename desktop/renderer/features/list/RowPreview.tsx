import { useTranslation } from 'react-i18next';
import type { ConversationView, MessageView } from '../../../engine/api/views.ts';
import { useShortNameOf } from '../../client/names.ts';
import { useAccount, useTyping } from '../../client/selectors.ts';
import { systemWords } from '../../i18n/system-words.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DeliveryTick } from '../../ui/DeliveryTick.tsx';
import { PersonText } from '../../ui/PersonText.tsx';

const line = 'flex min-w-0 grow items-baseline text-preview';
/** What Parley says itself, in one piece. */
const whole = 'block min-w-0 grow truncate text-preview';
const aside = `${whole} aside-voice !text-preview`;
/** Cut at its own end, which in the other script is not the line's. */
const said = 'min-w-0 truncate';

export interface RowPreviewProps {
  conversation: ConversationView;
  /** There is something new the person wants to hear of. */
  isUnread: boolean;
}

/** The one line below the name: typing, then what is typed here and not sent, then what was said last. */
export function RowPreview({ conversation, isUnread }: RowPreviewProps) {
  const { t } = useTranslation('list');
  const typing = useTyping(conversation.id);
  const nameOf = useShortNameOf();
  const first = typing[0];
  if (first !== undefined) {
    const name = nameOf(first);
    const words = typing.length > 1 ? t('typingSeveral') : t('typingOne', { name });
    return <span className={`${aside} text-primary`}>{conversation.kind === 'direct' ? t('typing') : words}</span>;
  }
  if (conversation.draft !== undefined) {
    return (
      <span className={`${line} text-ink-2`}>
        <span className="aside-voice me-1.5 shrink-0 !text-preview text-accent-ink">{t('draft')}</span>
        <PersonText className={said}>{conversation.draft}</PersonText>
      </span>
    );
  }
  if (conversation.failure !== undefined) {
    return (
      <>
        <DeliveryTick delivery="failed" label="" />
        <span className={`${whole} text-error-ink`}>{t('groupFailed')}</span>
      </>
    );
  }
  if (!conversation.lastMessage) {
    const isGroupWaiting = conversation.kind === 'group' && conversation.state === 'new';
    return <span className={`${aside} text-ink-2`}>{isGroupWaiting ? t('groupWaiting') : t('nothingYet')}</span>;
  }
  return <MessagePreview conversation={conversation} isUnread={isUnread} message={conversation.lastMessage} />;
}

function MessagePreview({ conversation, isUnread, message }: RowPreviewProps & { message: MessageView }) {
  const { t } = useTranslation('list');
  const { t: tSystem } = useTranslation('system');
  const nameOf = useShortNameOf();
  const format = useFormat();
  const myUserId = useAccount()?.userId ?? '';
  const { content, authorId = '' } = message;
  const ink = isUnread ? 'text-base-content' : 'text-ink-2';
  switch (content.kind) {
    case 'system': {
      const words = systemWords(tSystem, { authorId, event: content.event }, { myUserId, nameOf, format });
      return <span className={`${aside} text-ink-2`}>{words}</span>;
    }
    case 'scrubbed': {
      const words = message.isMine ? t('deletedByYou') : t('deletedBy', { name: nameOf(authorId) });
      return <span className={`${aside} text-ink-2`}>{words}</span>;
    }
    case 'stub':
      return <span className={`${aside} text-ink-2`}>{t('hidden')}</span>;
    case 'unknown':
      return <span className={`${aside} text-ink-2`}>{t('unknown')}</span>;
    case 'text': {
      const isFailed = message.delivery === 'failed';
      const isNamed = conversation.kind === 'group' && !message.isMine;
      return (
        <>
          {message.delivery && <DeliveryTick delivery={message.delivery} label={isFailed ? '' : t(message.delivery)} />}
          <span className={`${line} ${ink}`}>
            {isNamed && (
              <span className="me-1 max-w-1/2 shrink-0 truncate font-medium text-base-content">
                <PersonText>{t('authored', { name: nameOf(authorId) })}</PersonText>{' '}
              </span>
            )}
            <PersonText className={said}>{isFailed ? t('failed', { text: content.text }) : content.text}</PersonText>
          </span>
        </>
      );
    }
  }
}
