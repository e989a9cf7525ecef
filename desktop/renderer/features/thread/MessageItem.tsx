import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../client/selectors.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { nameColor } from '../../ui/avatar-tone.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonText } from '../../ui/PersonText.tsx';
import { FailedNote } from './FailedNote.tsx';
import { MessageActions } from './MessageActions.tsx';
import { MessageBubble } from './MessageBubble.tsx';
import { MessageGutter } from './MessageGutter.tsx';
import type { MessageRow } from './thread-rows.ts';

export interface MessageItemProps {
  row: MessageRow;
  /** In groups others have a face and a name. */
  isInGroup: boolean;
  isRinged: boolean;
}

const stateWords = {
  waiting: 'waiting',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'notSentUnknown',
} as const;

/** One message with all that belongs to it, spoken as "Ines Duarte, 18:22" or "You, 18:25, Read" and its words. */
export function MessageItem({ row, isInGroup, isRinged }: MessageItemProps) {
  const { message, isGroupStart, isGroupEnd, isNewestOwn } = row;
  const { authorId = '', isMine, at, delivery } = message;
  const { t } = useTranslation(['thread', 'names']);
  const format = useFormat();
  const name = usePerson(authorId)?.name ?? t('names:someone');
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const isActive = isPointed || isFocused;
  const spoken = { name: isMine ? t('names:you') : name, time: format.time(at) };
  const hasFace = isInGroup && !isMine;
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setIsFocused(false);
  };
  return (
    // What the pointer reveals, the focus reveals as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      aria-label={delivery ? t('ownMessage', { ...spoken, state: t(stateWords[delivery]) }) : t('message', spoken)}
      data-message={message.id}
      tabIndex={-1}
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={leave}
      className={classNames(
        'focus-ring-inside relative flex flex-col rounded-selector',
        isGroupStart ? 'pt-3' : 'pt-0.5',
        isMine ? 'items-end' : 'items-start',
        hasFace && 'ps-10',
      )}
    >
      {hasFace && isGroupStart && (
        <>
          <span className="absolute start-0 top-3">
            <Avatar id={authorId} name={name} kind="person" size={32} />
          </span>
          <PersonText
            className="mb-0.75 max-w-full truncate ps-3 text-preview leading-4 font-semibold"
            style={{ color: nameColor(authorId) }}
          >
            {name}
          </PersonText>
        </>
      )}
      <div className={classNames('flex max-w-full items-end gap-2', isMine && 'flex-row-reverse')}>
        <MessageBubble row={row} isRinged={isRinged} />
        <div className="relative shrink-0 pb-1">
          {(isMine || isGroupEnd || isActive) && (
            <MessageGutter message={message} isNewestOwn={isNewestOwn} isCovered={isActive} />
          )}
          {isActive && (
            <MessageActions
              message={message}
              className={classNames(
                'absolute bottom-0.5',
                isMine ? 'end-0' : 'start-0 max-pair:start-auto max-pair:end-0',
              )}
            />
          )}
        </div>
      </div>
      {delivery === 'failed' && <FailedNote message={message} />}
    </article>
  );
}
