import type { ShellView } from '../../ipc/shell-api.ts';

const names: Partial<Record<NodeJS.Platform, ShellView['platform']>> = { darwin: 'mac', win32: 'windows' };

/** Where this runs; what is neither macOS nor Windows has the ways of Linux. */
export const platform: ShellView['platform'] = names[process.platform] ?? 'linux';
