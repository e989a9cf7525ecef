import { idSchema } from '@parley/shared/contract/ids.ts';
import { identity } from '../identity.ts';

/** What a `parley://` link asks for: see docs/deep-links.md. */
export type DeepLink =
  | { kind: 'open'; server: string; conversationId: string; messageId?: string }
  | { kind: 'join'; server: string };

const maxChars = 512;
const prefix = `${identity.linkScheme}://`;
const idPattern = String.raw`[0-9a-f-]{36}`;
const serverPattern = String.raw`(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?`;
const linkPattern = new RegExp(
  `^(?:open/(?<openServer>${serverPattern})/(?<conversation>${idPattern})(?:/(?<message>${idPattern}))?|join/(?<joinServer>${serverPattern})/?)$`,
);

/** Only the shapes that are documented, letter by letter; whatever else there is, a query above all, makes it no link of ours. */
export function parseDeepLink(link: string): DeepLink | undefined {
  if (link.length > maxChars || !link.startsWith(prefix)) return undefined;
  const { openServer, conversation, message, joinServer } = linkPattern.exec(link.slice(prefix.length))?.groups ?? {};
  const server = openServer ?? joinServer;
  if (server === undefined || !isServer(server)) return undefined;
  if (conversation === undefined) return { kind: 'join', server };
  if (!isId(conversation) || (message !== undefined && !isId(message))) return undefined;
  return { kind: 'open', server, conversationId: conversation, ...(message !== undefined && { messageId: message }) };
}

const isId = (text: string) => idSchema.safeParse(text).success;

/** It is written as a browser writes it: then nobody reads another name than the one that is asked. */
function isServer(server: string): boolean {
  const origin = `https://${server}`;
  return URL.canParse(origin) && new URL(origin).host === server.replace(/:443$/, '');
}

/** The link among the words of a command line, as Windows and Linux hand it over; the last one, which no option can stand in for. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.findLast((word) => word.startsWith(prefix));
}
