import { CircleAlert, type LucideIcon } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon } from './Icon.tsx';
import { classNames } from './class-names.ts';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'size'> {
  label: string;
  icon?: LucideIcon;
  hint?: string | undefined;
  /** Why what was typed cannot be taken; it is announced. */
  error?: string | undefined;
  /** A control inside the field, at its end. */
  end?: ReactNode;
  size?: 'normal' | 'large';
}

export function TextField({ label, icon, hint, error, end, size = 'normal', className, id, ...rest }: TextFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const noteId = `${fieldId}-note`;
  const hasError = error !== undefined;
  return (
    <div className={classNames('flex flex-col', className)}>
      <label htmlFor={fieldId} className="pb-1.5 text-preview font-semibold">
        {label}
      </label>
      <div
        className={classNames(
          'flex items-center gap-2 rounded-field border bg-base-100 transition-colors',
          'has-[input:focus-visible]:outline-1 has-[input:focus-visible]:outline-primary',
          hasError ? 'border-error-ink' : 'border-field has-[input:focus-visible]:border-primary',
          size === 'large' ? 'h-11 px-3.5' : 'h-9.5 px-3',
        )}
      >
        {icon && <Icon icon={icon} className="text-ink-2" />}
        <input
          {...rest}
          id={fieldId}
          aria-invalid={hasError ? true : undefined}
          aria-describedby={hasError || hint !== undefined ? noteId : undefined}
          className={classNames(
            'min-w-0 grow bg-transparent outline-none placeholder:text-ink-3',
            size === 'large' ? 'text-message' : 'text-interface',
          )}
        />
        {end}
      </div>
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  );
}

export interface FieldNoteProps {
  id: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** The line below a field. The live region is always there, so that an error which appears is spoken. */
export function FieldNote({ id, hint, error }: FieldNoteProps) {
  return (
    <div id={id} aria-live="polite">
      {error !== undefined && (
        <p className="flex gap-1.5 pt-1.5 text-preview leading-[1.125rem] text-error-ink">
          <Icon icon={CircleAlert} size={15} className="mt-0.5" />
          <span>{error}</span>
        </p>
      )}
      {error === undefined && hint !== undefined && <p className="pt-1.5 text-preview text-ink-3">{hint}</p>}
    </div>
  );
}
