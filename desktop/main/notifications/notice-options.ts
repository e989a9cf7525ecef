import { createHash } from 'node:crypto';
import type { NotificationConstructorOptions } from 'electron';
import type { ShellView } from '../../ipc/shell-api.ts';
import type { Notice } from './notice-centre.ts';

export interface NoticePlatform {
  platform: ShellView['platform'];
  /** Whoever shows notifications here reads their text as markup, as many do on Linux. */
  readsMarkup: boolean;
  replyLabel: string;
}

/** A notice as Electron's `Notification` takes it. What people wrote stays text. */
export function noticeOptions(
  { title, body, target, canReply, isSilent }: Omit<Notice, 'target'> & Partial<Pick<Notice, 'target'>>,
  { platform, readsMarkup, replyLabel }: NoticePlatform,
): NotificationConstructorOptions {
  const hasGroups = platform !== 'linux';
  return {
    title,
    body: readsMarkup ? escapeMarkup(body) : body,
    silent: isSilent,
    ...(hasGroups && target && { groupId: groupOf(`${target.account}\n${target.conversationId ?? ''}`) }),
    ...(hasGroups && canReply && { hasReply: true, replyPlaceholder: replyLabel }),
  };
}

/** Body markup as the Desktop Notifications Specification has it; the title is never markup. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Windows takes 64 characters at most. */
function groupOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}
