import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { protocol, type Session } from 'electron';
import { appScheme, isAppUrl } from '../app-origin.ts';
import { pageHeaders } from './page-headers.ts';

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
};

/** To be called before the app is ready. */
export function claimAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
  ]);
}

/** The bundled files by their path in the scheme. What is not in here does not exist, whatever an address looks like. */
export async function listAssets(folder: string, path = '/'): Promise<Map<string, string>> {
  const assets = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const entryPath = posix.join(path, entry.name);
    if (!entry.isDirectory()) assets.set(entryPath, file);
    else for (const [below, belowFile] of await listAssets(file, entryPath)) assets.set(below, belowFile);
  }
  return assets;
}

/** Answers GET of the bundled files; everything else is refused. */
export function answerFrom(assets: ReadonlyMap<string, string>): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== 'GET') return refusal(405);
    const path = isAppUrl(url) ? new URL(url).pathname : undefined;
    const file = path === undefined ? undefined : assets.get(path);
    const type = file === undefined ? undefined : mediaTypes[extname(file)];
    if (file === undefined || type === undefined) return refusal(404);
    return new Response(await readFile(file), { headers: { ...pageHeaders, 'content-type': type } });
  };
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: pageHeaders });
}

export async function serveAppScheme({ protocol: scheme }: Session, rendererFolder: string): Promise<void> {
  scheme.handle(appScheme, answerFrom(await listAssets(rendererFolder)));
}
