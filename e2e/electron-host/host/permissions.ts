import type { HostSession } from './session.ts';
import type { HostWebContents } from './web-contents.ts';

/** Electron's names of what a page can ask for, with Chromium's. */
const names: Record<string, string[]> = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  notifications: ['notifications'],
};

/** What the app lets this page do; Chromium denies all the rest. */
export function grantedTo(page: HostWebContents, { permissions: { check } }: HostSession): string[] {
  const isGranted = (permission: string) =>
    check === undefined ||
    check === null ||
    check(page as never, permission as never, page.mainFrame.origin, {} as never);
  return Object.entries(names).flatMap(([permission, known]) => (isGranted(permission) ? known : []));
}
