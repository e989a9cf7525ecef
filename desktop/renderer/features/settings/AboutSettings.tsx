import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellCommands } from '../../../ipc/shell-api.ts';
import { useShell, useShellCommand } from '../../client/shell/shell-context.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Aside } from '../../ui/Aside.tsx';
import { FieldNote, TextField } from '../../ui/TextField.tsx';
import { SettingsPart, SettingsRow } from './SettingsPart.tsx';
import { UpdateRow } from './UpdateRow.tsx';

type Licence = ShellCommands['listLicences']['value'][number];

/** Which Parley this is, and what it is made of. */
export function AboutSettings() {
  const { t } = useTranslation('shell');
  const shell = useShell();
  if (!shell) return null;
  return (
    <SettingsPart title={t('aboutTitle')} text={t('aboutText')}>
      <div>
        <SettingsRow label={t('version')}>
          <span className="select-text tabular-nums">{shell.version}</span>
        </SettingsRow>
        <SettingsRow label={t('platform')}>{t(`platformName.${shell.platform}`)}</SettingsRow>
        <UpdateRow update={shell.update} />
      </div>
      <Licences />
    </SettingsPart>
  );
}

function Licences() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const { run, error } = useShellCommand('listLicences');
  const [licences, setLicences] = useState<readonly Licence[]>();
  const [query, setQuery] = useState('');
  useEffect(() => {
    void run({}).then((found) => found && setLicences(found));
  }, [run]);
  const wanted = query.trim().toLowerCase();
  const found = licences?.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted));
  return (
    <section aria-labelledby="made-of" className="pt-8">
      <h3 id="made-of" className="text-label text-ink-2">
        {t('madeOf')}
      </h3>
      <TextField
        className="pt-2"
        label={t('findLicence')}
        icon={Search}
        role="searchbox"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p role="status" className="pt-2 text-preview text-ink-2 tabular-nums">
        {found && found.length > 0 && t('licences', { count: found.length, number: format.number(found.length) })}
        {found?.length === 0 && <Aside>{t('noLicence', { query: query.trim() })}</Aside>}
      </p>
      <FieldNote id="licences-note" error={error} />
      <ul dir="ltr">
        {found?.map(({ name, version, licence }) => (
          <li
            key={`${name}@${version}`}
            className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line py-1.5 text-preview select-text last:border-0"
          >
            <span className="min-w-0 grow font-medium">
              {name} <span className="font-normal text-ink-2 tabular-nums">{version}</span>
            </span>
            <span className="text-ink-2">{licence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
