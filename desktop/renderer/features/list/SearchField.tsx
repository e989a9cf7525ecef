import { Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';

export interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** Arrow down: on into what was found. */
  onLeave: () => void;
}

export function SearchField({ value, onChange, onLeave }: SearchFieldProps) {
  const { t } = useTranslation('list');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      onChange('');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <label className="@container flex h-8.5 min-w-0 grow items-center gap-2 rounded-field border border-transparent bg-base-300/55 px-2.5 has-[input:focus-visible]:border-primary has-[input:focus-visible]:bg-base-100 has-[input:focus-visible]:outline-1 has-[input:focus-visible]:outline-primary">
      <Icon icon={Search} size={16} className="text-ink-2" />
      <input
        type="text"
        role="searchbox"
        value={value}
        dir="auto"
        aria-label={t('searchLabel')}
        placeholder={t('search')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="peer min-w-0 grow bg-transparent text-interface outline-none placeholder:text-ink-2"
      />
      {value === '' && <KeyHint shortcut="switcher" className="peer-focus:hidden max-pair:hidden @max-[9rem]:hidden" />}
    </label>
  );
}
