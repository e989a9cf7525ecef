import type { ShellView } from '../../../ipc/shell-api.ts';

/** Lets the style sheet keep free what the window's own buttons need. */
export function applyPlatform(document: Document, platform: ShellView['platform'] | undefined): void {
  if (platform !== undefined) document.documentElement.dataset['platform'] = platform;
}
