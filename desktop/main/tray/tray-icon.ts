import { join } from 'node:path';
import type { HeardCount } from '@parley/shared/model/heard-count.ts';
import type { ShellView } from '../../ipc/shell-api.ts';

export type TrayState = 'normal' | 'unread' | 'mention';

export function trayStateOf({ messages, hasMention }: HeardCount): TrayState {
  if (hasMention) return 'mention';
  return messages > 0 ? 'unread' : 'normal';
}

export interface TrayPicture {
  file: string;
  /** The same for screens of twice the density, where the file does not say so itself. */
  denseFile?: string;
}

/** What stands in the tray. `isDark`: the panel it stands on; macOS colours it by itself. `resources`: those of the platform. */
export function trayPicture(
  platform: ShellView['platform'],
  state: TrayState,
  isDark: boolean,
  resources: string,
): TrayPicture {
  const folder = join(resources, 'tray');
  if (platform === 'mac') return { file: join(folder, `${state}Template.png`) };
  const name = `${state}-${isDark ? 'dark' : 'light'}`;
  if (platform === 'windows') return { file: join(folder, `${name}.ico`) };
  return { file: join(folder, `${name}-24.png`), denseFile: join(folder, `${name}-48.png`) };
}
