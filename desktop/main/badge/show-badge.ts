import { app, type BrowserWindow, nativeImage } from 'electron';
import type { Words } from '../words/en.ts';
import { dockBadge, taskbarOverlay } from './badge.ts';
import type { UnreadTotal } from './unread-total.ts';

export interface BadgeOptions {
  unread: UnreadTotal;
  words: Words;
  resources: string;
  /** The window that stands in the taskbar, if one does. */
  window(): BrowserWindow | undefined;
}

/** Shows the unread count where the system has a place for it. The returned function shows it on a window that is new. */
export function showBadge({ unread, words, resources, window }: BadgeOptions): () => void {
  const show = () => {
    const count = unread.current;
    if (process.platform === 'darwin') {
      app.dock?.setBadge(dockBadge(count));
    } else if (process.platform === 'win32') {
      const overlay = taskbarOverlay(count, words, resources);
      const image = overlay === undefined ? null : nativeImage.createFromPath(overlay.file);
      window()?.setOverlayIcon(image, overlay?.description ?? '');
    } else {
      app.setBadgeCount(count.messages);
    }
  };
  unread.listen(show);
  return show;
}
