import type { KeyboardEvent, Ref } from 'react';
import { classNames } from '../../ui/class-names.ts';

export interface ComposerFieldProps {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  label: string;
  placeholder: string;
  /** Shown in its place where it would be cut. */
  shortPlaceholder?: string | undefined;
  isInvalid: boolean;
  /** What explains the field, by id. */
  noteId: string;
  onType: (text: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onBlur: () => void;
}

const words = 'col-start-1 row-start-1 py-3.25 text-message wrap-anywhere whitespace-pre-wrap';

/** Grows with its text to eight lines: an unseen copy of the text in the same cell gives it its height. */
export function ComposerField(props: ComposerFieldProps) {
  const { ref, value, label, placeholder, shortPlaceholder, isInvalid, noteId, onType, onKeyDown, onBlur } = props;
  return (
    <div className="@container grid max-h-48.5 min-h-11.5 min-w-0 grow overflow-y-auto">
      <div aria-hidden="true" className={`invisible ${words}`}>
        {value}
        {/* A line that was only begun has a height, too. */}
        {'\u200b'}
      </div>
      {shortPlaceholder !== undefined && value === '' && (
        <div aria-hidden="true" className={`hidden truncate text-ink-3 @max-[26rem]:block ${words}`}>
          {shortPlaceholder}
        </div>
      )}
      <textarea
        ref={ref}
        data-region-focus=""
        dir="auto"
        rows={1}
        value={value}
        aria-label={label}
        aria-invalid={isInvalid ? true : undefined}
        aria-describedby={noteId}
        placeholder={placeholder}
        enterKeyHint="send"
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        className={classNames(
          'resize-none overflow-hidden bg-transparent outline-none placeholder:truncate placeholder:text-ink-3',
          shortPlaceholder !== undefined && '@max-[26rem]:placeholder:text-transparent',
          words,
        )}
      />
    </div>
  );
}
