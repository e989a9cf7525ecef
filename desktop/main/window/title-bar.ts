import type { BrowserWindowConstructorOptions, Point, TitleBarOverlayOptions } from 'electron';
import type { ShellView } from '../../ipc/shell-api.ts';

/** Of the themes: the sheet, what lies behind a page until it is painted, and the ink of small things. */
const colours = {
  light: { sheet: '#fefdfc', desk: '#f5f2ee', ink: '#495558' },
  dark: { sheet: '#191d1d', desk: '#111515', ink: '#b1b8b2' },
} as const;

/** Of the headers of the page, whose line stays in sight. */
const headerHeight = 52;
const lights = { x: 20, height: 12 };

export function windowBackground(isDark: boolean): string {
  return colours[isDark ? 'dark' : 'light'].desk;
}

/** The buttons of the window, where they are drawn over the page: not on macOS, which draws its own. */
export function titleBarOverlay(
  platform: ShellView['platform'],
  isDark: boolean,
  zoomFactor: number,
): TitleBarOverlayOptions | undefined {
  if (platform === 'mac') return undefined;
  const { sheet, ink } = colours[isDark ? 'dark' : 'light'];
  return { color: sheet, symbolColor: ink, height: Math.round(headerHeight * zoomFactor) - 1 };
}

/** Where macOS draws its own: in the middle of the header. */
export function lightsPosition(zoomFactor: number): Point {
  return { x: lights.x, y: Math.max(0, Math.round((headerHeight * zoomFactor - lights.height) / 2)) };
}

/** The page draws the title bar; its headers move the window and keep free what the system's buttons need. */
export function titleBar(
  platform: ShellView['platform'],
  isDark: boolean,
  zoomFactor: number,
): BrowserWindowConstructorOptions {
  const overlay = titleBarOverlay(platform, isDark, zoomFactor);
  if (overlay === undefined) {
    return { titleBarStyle: 'hiddenInset', trafficLightPosition: lightsPosition(zoomFactor) };
  }
  return { titleBarStyle: 'hidden', titleBarOverlay: overlay };
}
