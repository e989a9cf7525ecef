import { useTranslation } from 'react-i18next';
import { isMacKeyboard, type ShortcutGroup, type ShortcutId, shortcuts, writtenKeys } from '../../client/shortcuts.ts';
import { Key } from '../../ui/KeyHint.tsx';

const groups: readonly ShortcutGroup[] = ['anywhere', 'conversations', 'writing'];
const ids = Object.keys(shortcuts) as ShortcutId[];

/** Everything in the registry, by group. */
export function ShortcutTable() {
  const { t } = useTranslation('keyboard');
  return groups.map((group) => (
    <section key={group} aria-labelledby={`shortcuts-${group}`}>
      <h3 id={`shortcuts-${group}`} className="pb-1 text-label text-ink-2">
        {t(group)}
      </h3>
      <dl>
        {ids
          .filter((id) => shortcuts[id].group === group)
          .map((id) => (
            <div
              key={id}
              className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
            >
              <dt>{t(id)}</dt>
              <dd className="flex gap-1">
                {writtenKeys(id, isMacKeyboard()).map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  ));
}
