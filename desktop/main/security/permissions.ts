import type { Session, WebContents } from 'electron';
import { isAppUrl } from '../app-origin.ts';

/** What a page may do without being asked; everything else is denied. Recording will ask for `media` while it lasts. */
const granted = new Set(['notifications', 'clipboard-sanitized-write', 'fullscreen']);

export function limitPermissions(session: Session): void {
  const isGranted = (permission: string, page: WebContents | null) =>
    granted.has(permission) && page !== null && isAppUrl(page.getURL());
  session.setPermissionRequestHandler((page, permission, decide) => decide(isGranted(permission, page)));
  session.setPermissionCheckHandler((page, permission) => isGranted(permission, page));
  session.setDevicePermissionHandler(() => false);
}
