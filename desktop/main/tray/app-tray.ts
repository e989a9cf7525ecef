import { readFileSync } from 'node:fs';
import { Menu, type NativeImage, nativeImage, nativeTheme, Tray } from 'electron';
import type { HeardCount } from '@parley/shared/model/heard-count.ts';
import type { ShellView } from '../../ipc/shell-api.ts';
import type { Words } from '../words/en.ts';
import { type TrayActions, type TrayContent, trayMenu, trayTooltip } from './tray-menu.ts';
import { type TrayPicture, trayPicture, trayStateOf } from './tray-icon.ts';

export interface AppTrayOptions {
  platform: ShellView['platform'];
  appName: string;
  words: Words;
  resources: string;
  content(): TrayContent;
  unread(): HeardCount;
  actions: TrayActions;
  /** Shows the window, or hides it where it is in front. */
  toggleWindow(): void;
}

/** The icon in the tray with its menu, until it is destroyed. `refresh` after anything it shows may have changed: it changes what differs. */
export class AppTray {
  readonly #options: AppTrayOptions;
  readonly #tray: Tray;
  #picture: TrayPicture;
  #shown = '';

  constructor(options: AppTrayOptions) {
    this.#options = options;
    this.#picture = this.#wantedPicture();
    this.#tray = new Tray(imageOf(this.#picture));
    // On macOS a click opens the menu by itself; on Linux many panels never tell of one.
    if (options.platform !== 'mac') this.#tray.on('click', () => options.toggleWindow());
    nativeTheme.on('updated', this.refresh);
    this.refresh();
  }

  readonly refresh = (): void => {
    const picture = this.#wantedPicture();
    if (picture.file !== this.#picture.file) this.#tray.setImage(imageOf(picture));
    this.#picture = picture;
    const { appName, words, actions } = this.#options;
    const content = this.#options.content();
    const shown = JSON.stringify(content);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setToolTip(trayTooltip(appName, content, words));
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(content, words, actions)));
  };

  destroy(): void {
    nativeTheme.off('updated', this.refresh);
    this.#tray.destroy();
  }

  #wantedPicture(): TrayPicture {
    const { platform, resources, unread } = this.#options;
    return trayPicture(platform, trayStateOf(unread()), isPanelDark(platform), resources);
  }
}

/** GNOME's panel is dark whatever the windows are. */
function isPanelDark(platform: ShellView['platform']): boolean {
  if (platform === 'windows') return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
  return /gnome/i.test(process.env['XDG_CURRENT_DESKTOP'] ?? '') || nativeTheme.shouldUseDarkColors;
}

function imageOf({ file, denseFile }: TrayPicture): NativeImage {
  const image = nativeImage.createFromPath(file);
  if (denseFile !== undefined) image.addRepresentation({ scaleFactor: 2, buffer: readFileSync(denseFile) });
  return image;
}
