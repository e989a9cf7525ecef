import { shell } from 'electron';

const maxChars = 8 * 1024;
const schemes = new Set(['https:', 'http:', 'mailto:']);

/** The address to hand to the system, or undefined where it must not leave the app. */
export function externalAddress(url: string): string | undefined {
  if (url.length > maxChars || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  const isPlain = parsed.username === '' && parsed.password === '';
  return schemes.has(parsed.protocol) && isPlain && parsed.href.length <= maxChars ? parsed.href : undefined;
}

/** The only way out of the app: what people and servers write is opened by the system, never here. */
export async function openExternally(url: string): Promise<boolean> {
  const address = externalAddress(url);
  if (address === undefined) return false;
  await shell.openExternal(address);
  return true;
}
