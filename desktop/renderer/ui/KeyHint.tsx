import { isMacKeyboard, type ShortcutId, writtenKeys } from '../client/shortcuts.ts';
import { classNames } from './class-names.ts';

export interface KeyHintProps {
  shortcut: ShortcutId;
  className?: string;
}

/** The keys of a shortcut, small, beside what it does. */
export function KeyHint({ shortcut, className }: KeyHintProps) {
  const isMac = isMacKeyboard();
  return (
    <span aria-hidden="true" className={classNames('shrink-0 text-key text-ink-2', className)}>
      {writtenKeys(shortcut, isMac).join(isMac ? '' : ' ')}
    </span>
  );
}

/** One key, as it looks. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[0.3125rem] border border-line bg-base-200 px-1.5 font-sans text-key text-ink-2">
      {children}
    </kbd>
  );
}
