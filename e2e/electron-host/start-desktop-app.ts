import type { Browser, BrowserContextOptions } from '@playwright/test';
import { findElectron } from '../../scripts/desktop-app.ts';
import type { AppStartOptions, DesktopApp } from './desktop-app.ts';
import { RealElectron } from './driver/real-electron.ts';
import { StandIn } from './driver/stand-in.ts';

const electron = findElectron();

/** For the run to say. */
export const driverName = electron === undefined ? 'Electron’s stand-in (its binary is not installed)' : electron;

/** The real Electron wherever it is installed, otherwise its stand-in. A spec never asks which. */
export function startDesktopApp(
  browser: Browser,
  options: AppStartOptions,
  look?: BrowserContextOptions,
): Promise<DesktopApp> {
  return electron === undefined ? StandIn.start(browser, options, look) : RealElectron.start(electron, options);
}
