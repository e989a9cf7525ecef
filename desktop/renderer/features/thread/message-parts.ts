import { findMentions } from '@parley/shared/model/mentions.ts';
import { type TextPart, textParts } from './links.ts';

export type MessagePart = TextPart | { kind: 'call'; text: string };

/** Parts of a text in their order; together they are the text. `name`: whose calls are parts of their own. */
export function messageParts(text: string, name: string | undefined): MessagePart[] {
  const parts = textParts(text);
  if (name === undefined) return parts;
  return parts.flatMap((part) => (part.kind === 'text' ? withCalls(part.text, name) : [part]));
}

function withCalls(text: string, name: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let done = 0;
  for (const { start, end } of findMentions(text, name)) {
    if (start > done) parts.push({ kind: 'text', text: text.slice(done, start) });
    parts.push({ kind: 'call', text: text.slice(start, end) });
    done = end;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}
