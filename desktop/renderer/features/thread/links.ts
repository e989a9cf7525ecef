import { linkifyit } from 'linkify-it';

export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const recognised = linkifyit({ fuzzyLink: false, fuzzyEmail: true }).add('ftp:', null).add('//', null);
const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);

function isAllowed(href: string): boolean {
  return URL.canParse(href) && allowedProtocols.has(new URL(href).protocol);
}

/** Parts of a text in their order; together they are the text. Only web and mail addresses become links. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url } of recognised.match(text) ?? []) {
    if (!isAllowed(url)) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push({ kind: 'link', text: text.slice(index, lastIndex), href: url });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
