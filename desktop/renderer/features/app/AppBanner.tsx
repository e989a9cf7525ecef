import { Bell, BellOff, Download, HardDrive, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClosedBanner, useGo, useNavigation } from '../../client/navigation.ts';
import { usePreferences } from '../../client/preferences-context.ts';
import { useAccounts, useApp } from '../../client/selectors.ts';
import { useShell, useShellCommand } from '../../client/shell/shell-context.ts';
import { useSettingsChange } from '../../client/shell/use-settings-change.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';

/** The most pressing thing to say about this device; the others wait their turn. */
export function AppBanner() {
  switch (useMostPressing()) {
    case 'keychain':
      return <KeychainBanner />;
    case 'memory':
      return <MemoryBanner />;
    case 'cannot-notify':
      return <CannotNotifyBanner />;
    case 'update-offered':
    case 'update-ready':
      return <UpdateBanner />;
    case 'notices-off':
      return <NoticesOffBanner />;
    case undefined:
      return null;
  }
}

function useMostPressing(): ClosedBanner | 'notices-off' | undefined {
  const app = useApp();
  const shell = useShell();
  const closed = useNavigation(({ closedBanners }) => closedBanners);
  const [{ declinesNotices }] = usePreferences();
  const isOpen = (banner: ClosedBanner) => !closed.includes(banner);
  const hasNoKeychain = shell?.keychain === 'missing';
  if (hasNoKeychain && isOpen('keychain')) return 'keychain';
  // The banner of the keychain says this, too.
  if (!hasNoKeychain && app.phase === 'ready' && app.storage === 'memory' && isOpen('memory')) return 'memory';
  if (!shell) return undefined;
  if (!shell.canNotify && isOpen('cannot-notify')) return 'cannot-notify';
  if (shell.update.kind === 'offered' && isOpen('update-offered')) return 'update-offered';
  if (shell.update.kind === 'ready' && isOpen('update-ready')) return 'update-ready';
  if (!shell.canNotify) return undefined;
  return shell.settings.notifications.isOn || declinesNotices ? undefined : 'notices-off';
}

function useClose(banner: ClosedBanner): () => void {
  const go = useGo();
  const closed = useNavigation(({ closedBanners }) => closedBanners);
  return () => go({ closedBanners: [...closed, banner] });
}

/** Trying again begins anew with what is kept, so nothing may wait to be sent. */
function KeychainBanner() {
  const { t } = useTranslation('shell');
  const isWaiting = useAccounts().some(({ account }) => account.waiting > 0);
  const { run, isBusy, error } = useShellCommand('tryKeychain');
  const [hasTried, setHasTried] = useState(false);
  const onClose = useClose('keychain');
  const afterTrying = isWaiting ? t('keychainWaiting') : t('keychainStill');
  const tryAgain = async () => {
    await run({});
    setHasTried(true);
  };
  return (
    <Banner
      kind="trouble"
      icon={KeyRound}
      title={t('keychainTitle')}
      text={error ?? (hasTried ? afterTrying : t('keychainText'))}
      action={
        <Button look="second" isBusy={isBusy} onClick={() => void tryAgain()}>
          {t('tryAgain')}
        </Button>
      }
      onClose={onClose}
    />
  );
}

function MemoryBanner() {
  const { t } = useTranslation('app');
  const { t: tShell } = useTranslation('shell');
  const isBrowser = useShell() === undefined;
  return (
    <Banner
      kind="trouble"
      icon={HardDrive}
      title={t('memoryTitle')}
      text={isBrowser ? t('memoryText') : tShell('memoryText')}
      onClose={useClose('memory')}
    />
  );
}

/** A test that is shown takes it away. */
function CannotNotifyBanner() {
  const { t } = useTranslation('shell');
  const { run, isBusy, error } = useShellCommand('testNotification');
  return (
    <Banner
      kind="trouble"
      icon={BellOff}
      title={t('cannotNotifyTitle')}
      text={error ?? t('cannotNotifyText')}
      action={
        <Button look="second" isBusy={isBusy} onClick={() => void run({})}>
          {t('tryNotice')}
        </Button>
      }
      onClose={useClose('cannot-notify')}
    />
  );
}

/** Once closed, the settings still offer it. */
function UpdateBanner() {
  const { t } = useTranslation('shell');
  const update = useShell()?.update;
  const { run, isBusy, error } = useShellCommand('update');
  const isReady = update?.kind === 'ready';
  const onClose = useClose(isReady ? 'update-ready' : 'update-offered');
  if (update?.kind !== 'ready' && update?.kind !== 'offered') return null;
  const { version } = update;
  const failure = update.kind === 'offered' && update.error ? t(`updateError.${update.error}`) : undefined;
  const step = isReady ? 'install' : 'download';
  return (
    <Banner
      kind="offer"
      icon={Download}
      title={isReady ? t('updateReady') : t('updateOffered', { version })}
      text={error ?? failure ?? t(isReady ? 'updateReadyText' : 'updateOfferedText', { version })}
      action={
        <Button isBusy={isBusy} onClick={() => void run({ step })}>
          {t(`updateStep.${step}`)}
        </Button>
      }
      onClose={onClose}
    />
  );
}

/** Whoever says no is not asked again on this device. */
function NoticesOffBanner() {
  const { t } = useTranslation('shell');
  const { changeNotices, error } = useSettingsChange();
  const [, setPreferences] = usePreferences();
  return (
    <Banner
      kind="offer"
      icon={Bell}
      title={t('noticesOffTitle')}
      text={error ?? t('noticesOffText')}
      action={
        <>
          <Button onClick={() => changeNotices({ isOn: true })}>{t('turnOn')}</Button>
          <LinkButton isPlain className="ps-1" onClick={() => setPreferences({ declinesNotices: true })}>
            {t('notNow')}
          </LinkButton>
        </>
      }
    />
  );
}
