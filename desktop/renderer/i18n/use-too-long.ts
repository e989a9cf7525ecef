import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

/** Says by how much a name is too long; `undefined`: it is not. Nothing of what was typed or pasted is cut. */
export function useTooLong(name: string, maxChars: number): string | undefined {
  const { t } = useTranslation('controls');
  const format = useFormat();
  const over = name.trim().length - maxChars;
  return over > 0 ? t('nameTooLong', { count: over, over: format.number(over) }) : undefined;
}
