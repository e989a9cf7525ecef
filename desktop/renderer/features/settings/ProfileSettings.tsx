import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wireLimits } from '@parley/shared/contract/limits.ts';
import type { AccountView } from '../../../engine/api/views.ts';
import { useAccountKey } from '../../client/engine-context.ts';
import { useGo } from '../../client/navigation.ts';
import { useAccount } from '../../client/selectors.ts';
import { useCommand } from '../../client/use-command.ts';
import { useTooLong } from '../../i18n/use-too-long.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { SettingsPart, SettingsRow } from './SettingsPart.tsx';

export function ProfileSettings() {
  const account = useAccount();
  return account ? <ProfileOf account={account} /> : null;
}

function ProfileOf({ account }: { account: AccountView }) {
  const { t } = useTranslation('settings');
  const go = useGo();
  const key = useAccountKey();
  return (
    <SettingsPart title={t('profile')} text={t('profileText')}>
      <div className="flex items-center gap-5 border-b border-line pb-6">
        <Avatar id={account.userId} name={account.name} kind="person" size={72} />
        <NameForm key={key} current={account.name} />
      </div>
      <SettingsRow label={t('email')} text={t('emailText')}>
        <bdi dir="ltr" className="select-text">
          {account.email}
        </bdi>
      </SettingsRow>
      <SettingsRow label={t('server')}>
        <bdi dir="ltr" className="select-text">
          {account.serverAddress}
        </bdi>
      </SettingsRow>
      <SettingsRow label={t('signOut')} text={t('signOutText')}>
        <Button look="second" onClick={() => go({ dialog: { kind: 'sign-out', account: key } })}>
          {t('signOut')}
        </Button>
      </SettingsRow>
    </SettingsPart>
  );
}

function NameForm({ current }: { current: string }) {
  const { t } = useTranslation('settings');
  const { t: tControls } = useTranslation('controls');
  const { run, isBusy, error } = useCommand('updateProfile');
  /** Missing while it is the name that holds, which another device may change. */
  const [typed, setTyped] = useState<string>();
  const [isSaved, setIsSaved] = useState(false);
  if (typed === current) setTyped(undefined);
  const name = typed ?? current;
  const tooLong = useTooLong(name, wireLimits.nameMaxChars);
  const wanted = name.trim();
  const isMissing = wanted === '';
  const canSave = !isMissing && tooLong === undefined && wanted !== current;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!canSave || (await run({ name: wanted })) === undefined) return;
    // What was typed meanwhile stays.
    setTyped((now) => (now === typed ? wanted : now));
    setIsSaved(true);
  };
  return (
    <form onSubmit={submit} noValidate className="flex grow flex-wrap items-start gap-2">
      <TextField
        className="min-w-48 grow"
        label={t('name')}
        dir="auto"
        autoComplete="name"
        value={name}
        hint={isSaved && wanted === current ? tControls('saved') : undefined}
        error={isMissing ? t('nameMissing') : (tooLong ?? error)}
        onChange={(event) => {
          setTyped(event.target.value);
          setIsSaved(false);
        }}
      />
      <Button type="submit" className="mt-6.5 h-9.5 max-pair:mt-0" isBusy={isBusy} disabled={!canSave}>
        {tControls('save')}
      </Button>
    </form>
  );
}
