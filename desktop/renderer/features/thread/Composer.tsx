import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView, MessageView } from '../../../engine/api/views.ts';
import { shortName } from '../../client/names.ts';
import { useAccount } from '../../client/selectors.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ComposerField } from './ComposerField.tsx';
import { ComposerNote } from './ComposerNote.tsx';
import { ComposerReply } from './ComposerReply.tsx';
import { useDraft } from './use-draft.ts';
import { useSend } from './use-send.ts';
import { useTypingSignal } from './use-typing-signal.ts';

export interface ComposerProps {
  /** One composer is for one conversation: give it the id as `key`. */
  conversation: ConversationView;
  replyTo: MessageView | undefined;
  onCancelReply: () => void;
  /** Shift+Up in an empty composer. */
  onReplyToLast: () => void;
  onSent: () => void;
  /** The highest seq that was on screen. */
  lastSeen: () => number | undefined;
}

function isCoarsePointer(): boolean {
  return window.matchMedia?.('(pointer: coarse)').matches ?? false;
}

export function Composer(props: ComposerProps) {
  const { conversation, replyTo, onCancelReply, onReplyToLast, onSent, lastSeen } = props;
  const { t } = useTranslation('thread');
  const { t: tError } = useTranslation('errors');
  const account = useAccount();
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const draft = useDraft(conversation);
  const typing = useTypingSignal(conversation.id);
  const { send, failure, forgive } = useSend(conversation.id);

  // A focus nobody asked for would bring up the keyboard of a touch screen.
  useEffect(() => {
    if (!isCoarsePointer()) field.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (replyTo) field.current?.focus({ preventScroll: true });
  }, [replyTo]);

  const name = conversation.kind === 'direct' ? shortName(conversation.title) : conversation.title;
  const isOffline = account?.connection.kind === 'offline' || account?.connection.kind === 'no-answer';
  const left = (account?.limits.messageMaxChars ?? Infinity) - draft.text.trim().length;
  const canSend = draft.text.trim() !== '' && left >= 0;

  const type = (text: string) => {
    forgive();
    draft.type(text);
    typing.typed(text);
  };
  const submit = async () => {
    if (!canSend) return;
    const { text } = draft;
    typing.stopped();
    const isKept = await send({ text: text.trim(), replyTo: replyTo?.id, readUpTo: lastSeen() });
    if (!isKept) return;
    draft.clear(text);
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // An input method uses these keys itself; some browsers end the composition before its last key arrives.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'ArrowUp' && event.shiftKey && draft.text === '') {
      event.preventDefault();
      onReplyToLast();
    } else if (event.key === 'Escape' && replyTo) {
      event.preventDefault();
      event.stopPropagation();
      onCancelReply();
    }
  };
  const refusal = failure && t('notKept', { reason: errorWords(tError, failure, account?.serverAddress ?? '') });

  return (
    <div className="mx-auto flex w-full max-w-190 flex-col">
      <ComposerNote id={noteId} refusal={refusal} left={left} />
      <div
        className={classNames(
          'rounded-box border bg-base-100 transition-colors',
          'has-[textarea:focus-visible]:border-primary has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-primary',
          left < 0 ? 'border-error-ink' : 'border-field',
        )}
      >
        {replyTo && <ComposerReply message={replyTo} onCancel={onCancelReply} />}
        <div className="flex items-end gap-1.5 ps-4 pe-1.5">
          <ComposerField
            ref={field}
            value={draft.text}
            label={t('composerLabel', { name: conversation.title })}
            placeholder={isOffline ? t('composerOffline') : t('composerPlaceholder', { name })}
            shortPlaceholder={isOffline ? t('composerOfflineShort') : undefined}
            isInvalid={left < 0}
            noteId={noteId}
            onType={type}
            onKeyDown={onKeyDown}
            onBlur={typing.stopped}
          />
          <button
            type="button"
            aria-label={t('send')}
            disabled={!canSend}
            onClick={() => void submit()}
            className="focus-ring mb-1.5 inline-flex size-8.5 shrink-0 cursor-pointer items-center justify-center rounded-field bg-primary text-primary-content transition-colors disabled:cursor-default disabled:bg-transparent disabled:text-ink-3"
          >
            <Icon icon={ArrowUp} />
          </button>
        </div>
      </div>
    </div>
  );
}
