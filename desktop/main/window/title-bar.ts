import type { BrowserWindowConstructorOptions, TitleBarOverlayOptions } from 'electron';
import type { ShellView } from '../../ipc/shell-api.ts';

/** Of the themes: the sheet, what lies behind a page until it is painted, and the ink of small things. */
const colours = {
  light: { sheet: '#fefdfc', desk: '#f5f2ee', ink: '#495558' },
  dark: { sheet: '#191d1d', desk: '#111515', ink: '#b1b8b2' },
} as const;

/** A pixel less than the headers of the page, whose line stays in sight. */
const overlayHeight = 51;
const lightsPosition = { x: 20, y: 20 };

export function windowBackground(isDark: boolean): string {
  return colours[isDark ? 'dark' : 'light'].desk;
}

/** The buttons of the window, where they are drawn over the page: not on macOS, which draws its own. */
export function titleBarOverlay(platform: ShellView['platform'], isDark: boolean): TitleBarOverlayOptions | undefined {
  if (platform === 'mac') return undefined;
  const { sheet, ink } = colours[isDark ? 'dark' : 'light'];
  return { color: sheet, symbolColor: ink, height: overlayHeight };
}

/** The page draws the title bar; its headers move the window and keep free what the system's buttons need. */
export function titleBar(platform: ShellView['platform'], isDark: boolean): BrowserWindowConstructorOptions {
  const overlay = titleBarOverlay(platform, isDark);
  if (overlay === undefined) return { titleBarStyle: 'hiddenInset', trafficLightPosition: lightsPosition };
  return { titleBarStyle: 'hidden', titleBarOverlay: overlay };
}
