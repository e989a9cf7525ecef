import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';

/** More than this is let go of at the far end. */
export const windowMaxMessages = 400;

/**
 * A stretch of a conversation that is on screen or near it, without holes between its ends. `fromSeq` > `toSeq`: nothing is loaded; what
 * comes next goes in above `toSeq`.
 */
export interface ThreadWindow {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly messages: ReadonlyMap<number, ReceivedMessage>;
}

/** An empty stretch between two seqs. */
export function emptyWindow(belowSeq: number): ThreadWindow {
  return { fromSeq: belowSeq, toSeq: belowSeq - 1, messages: new Map() };
}

/** The window with more at one end, and less at the other if it has become too long. */
export function extendWindow(
  window: ThreadWindow,
  messages: readonly ReceivedMessage[],
  end: 'older' | 'newer',
): ThreadWindow {
  if (messages.length === 0) return window;
  const all = new Map(window.messages);
  for (const message of messages) all.set(message.seq, message);
  const seqs = [...all.keys()].sort((a, b) => a - b);
  const kept = end === 'older' ? seqs.slice(0, windowMaxMessages) : seqs.slice(-windowMaxMessages);
  const first = kept[0] ?? window.fromSeq;
  const last = kept.at(-1) ?? window.toSeq;
  const keeps = (seq: number) => seq >= first && seq <= last;
  return { fromSeq: first, toSeq: last, messages: new Map([...all].filter(([seq]) => keeps(seq))) };
}

/** The window with newer copies of messages it holds. */
export function replaceInWindow(window: ThreadWindow, messages: readonly ReceivedMessage[]): ThreadWindow {
  const changed = messages.filter(({ seq }) => window.messages.has(seq));
  if (changed.length === 0) return window;
  return {
    ...window,
    messages: new Map([...window.messages, ...changed.map((message) => [message.seq, message] as const)]),
  };
}
