import type { App } from 'electron';
import { identity } from '../identity.ts';

/** Makes `parley://` lead here. Only an installed app claims it: what is started from its sources is gone tomorrow. */
export function claimLinks(app: Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient'>): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(identity.linkScheme);
}
