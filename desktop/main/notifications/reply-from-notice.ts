import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { NoticeTarget } from '../../ipc/shell-api.ts';

export interface ReplyOptions {
  engine: Pick<EngineApi, 'call'>;
  /** What stands in the composer of a conversation. */
  draftOf(target: NoticeTarget): string | undefined;
  /** It did not go out; what was written is in the composer. */
  onNotSent(target: NoticeTarget): void;
}

/** An answer typed into a notification goes the way of every message, through the outbox. What cannot go stays as a draft. */
export async function replyFromNotice(
  { engine, draftOf, onNotSent }: ReplyOptions,
  { account, conversationId }: Required<NoticeTarget>,
  text: string,
): Promise<void> {
  if (text.trim() === '') return;
  const target = { account, conversationId };
  const sent = await engine.call('sendMessage', { ...target, text });
  if (sent.ok) return;
  const draft = [draftOf(target), text].filter(Boolean).join('\n');
  await engine.call('setDraft', { ...target, text: draft });
  onNotSent(target);
}
