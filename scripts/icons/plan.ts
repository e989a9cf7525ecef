import { appIcon } from './app-icon.ts';
import { asIcns, icnsSizes } from './icns.ts';
import { asIco } from './ico.ts';
import { overlayCounts, overlayIcon } from './overlay-icon.ts';
import { asPng, type Picture } from './picture.ts';
import { trayIcon, trayStates, type TrayColours } from './tray-icon.ts';

/** A file that the icons consist of: what it shows, in every size it holds, and how they are written. */
export interface IconFile {
  /** From the project's folder, with slashes. */
  path: string;
  draw: () => Promise<Picture[]>;
  write: (pictures: Picture[]) => Promise<Buffer>;
}

const winAppSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const winTraySizes = [16, 20, 24, 28, 32, 40, 48, 64];
const linuxAppSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const linuxTraySizes = [22, 24, 32, 48];
const overlayScales = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32 };

/** For a light and for a dark panel, in the text and accent colours of the themes. */
const panels: Record<'light' | 'dark', TrayColours> = {
  light: { mark: '#1a272a', waiting: '#f0b74c' },
  dark: { mark: '#e8e6e0', waiting: '#f0b74c' },
};
/** macOS colours a template itself: black, and how much of it. */
const template: TrayColours = { mark: '#000', waiting: '#000' };

function png(path: string, draw: () => Promise<Picture>): IconFile {
  return {
    path,
    draw: async () => [await draw()],
    write: async (pictures) => Buffer.concat(await Promise.all(pictures.map(asPng))),
  };
}

function ico(path: string, sizes: number[], draw: (size: number) => Promise<Picture>): IconFile {
  return { path, draw: () => Promise.all(sizes.map(draw)), write: asIco };
}

function appIcons(): IconFile[] {
  return [
    ico('build/icons/icon.ico', winAppSizes, appIcon),
    { path: 'build/icons/icon.icns', draw: () => Promise.all(icnsSizes.map(appIcon)), write: asIcns },
    ...linuxAppSizes.map((size) => png(`build/icons/linux/${size}x${size}.png`, () => appIcon(size))),
    png('resources/linux/icon.png', () => appIcon(512)),
  ];
}

function trayIcons(): IconFile[] {
  return trayStates.flatMap((state) => [
    png(`resources/darwin/tray/${state}Template.png`, () => trayIcon(state, template, { size: 18, margin: 1 })),
    png(`resources/darwin/tray/${state}Template@2x.png`, () => trayIcon(state, template, { size: 36, margin: 2 })),
    ...Object.entries(panels).flatMap(([panel, colours]) => {
      const draw = (size: number) => trayIcon(state, colours, { size, margin: 0 });
      return [
        ico(`resources/win32/tray/${state}-${panel}.ico`, winTraySizes, draw),
        ...linuxTraySizes.map((size) => png(`resources/linux/tray/${state}-${panel}-${size}.png`, () => draw(size))),
      ];
    }),
  ]);
}

function overlayIcons(): IconFile[] {
  return overlayCounts.flatMap((count) =>
    Object.entries(overlayScales).map(([suffix, size]) =>
      png(`resources/win32/overlay/${count.replace('+', '-plus')}${suffix}.png`, () => overlayIcon(count, size)),
    ),
  );
}

/** Every icon of the packages and of the running app. */
export const iconFiles: IconFile[] = [...appIcons(), ...trayIcons(), ...overlayIcons()];
/** Folders that hold nothing else. */
export const iconFolders = ['build/icons', ...['darwin', 'linux', 'win32'].map((platform) => `resources/${platform}`)];
