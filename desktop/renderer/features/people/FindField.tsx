import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/TextField.tsx';

export interface FindFieldProps {
  label: string;
  query: string;
  onQuery: (query: string) => void;
}

/** Looks for people by name or email. */
export function FindField({ label, query, onQuery }: FindFieldProps) {
  const { t } = useTranslation('people');
  return (
    <TextField
      label={label}
      icon={Search}
      placeholder={t('find')}
      dir="auto"
      autoComplete="off"
      value={query}
      onChange={(event) => onQuery(event.target.value)}
    />
  );
}
