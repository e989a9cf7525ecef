import electronUpdater, { type AppUpdater } from 'electron-updater';
import { NotGenuineError, type UpdateSource } from './create-updates.ts';
import type { UpdateFeed } from './read-update-feed.ts';
import { signedFeed } from './signed-feed.ts';

/** The codes with which electron-updater says that a file is not the one on the list, or not signed as this app is. */
const notGenuineCodes = new Set(['ERR_CHECKSUM_MISMATCH', 'ERR_UPDATER_INVALID_SIGNATURE', 'ERR_UPDATER_NO_CHECKSUM']);

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

async function genuine<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (notGenuineCodes.has(codeOf(error))) throw new NotGenuineError(String(error), { cause: error });
    throw error;
  }
}

/** electron-updater, held to: this feed, nothing older, nothing unasked. */
export function electronUpdateSource(
  feed: UpdateFeed,
  updater: AppUpdater = electronUpdater.autoUpdater,
): UpdateSource {
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.setFeedURL(signedFeed(feed));
  // It tells of failures twice; an event without a listener would end the app.
  updater.on('error', () => {});

  return {
    async check() {
      const found = await genuine(updater.checkForUpdates());
      return found?.isUpdateAvailable ? found.updateInfo.version : undefined;
    },
    async download(onPercent) {
      const tell = ({ percent }: { percent: number }) => onPercent(Math.floor(percent));
      updater.on('download-progress', tell);
      try {
        await genuine(updater.downloadUpdate());
      } finally {
        updater.off('download-progress', tell);
      }
    },
    install: () =>
      new Promise((_, reject) => {
        updater.once('error', reject);
        updater.quitAndInstall(false, true);
      }),
  };
}
