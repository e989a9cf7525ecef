import { BrowserWindow, type BrowserWindowConstructorOptions, type WebPreferences } from 'electron';

export type WindowOptions = Omit<BrowserWindowConstructorOptions, 'webPreferences'>;

/** What a page may never have, said outright: no default is relied upon. */
const pagePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: true,
} as const satisfies WebPreferences;

/** The only maker of windows. */
export function createWindow(preload: string, options: WindowOptions): BrowserWindow {
  return new BrowserWindow({ ...options, webPreferences: { ...pagePreferences, preload } });
}
