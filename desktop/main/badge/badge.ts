import { join } from 'node:path';
import type { Words } from '../words/en.ts';
import type { HeardCount } from '@parley/shared/model/heard-count.ts';

/** Over the button in the taskbar of Windows: a picture, and what is spoken instead. Nothing where all is read. */
export function taskbarOverlay(
  { messages }: HeardCount,
  words: Words,
  resources: string,
): { file: string; description: string } | undefined {
  if (messages === 0) return undefined;
  return {
    file: join(resources, 'overlay', `${messages > 9 ? '9-plus' : messages}.png`),
    description: messages > 99 ? words.moreUnreadMessages : words.unreadMessages(messages),
  };
}

/** On the icon in the dock of macOS. */
export function dockBadge({ messages }: HeardCount): string {
  if (messages === 0) return '';
  return messages > 99 ? '99+' : String(messages);
}
