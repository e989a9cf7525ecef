import compression from 'compression';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '@parley/shared/model/loopback.ts';
import type { Origins } from '../origins.ts';
import { appHeaders } from './headers.ts';
import { page } from './page.ts';

const missingBuild = page(
  'Parley',
  '<h1>The server is running</h1><p>The app for browsers has not been built yet. In the project folder run <code>npm run build</code>, then load this page again. The desktop app can connect already.</p>',
);

const needsHttps = page(
  'Parley needs https',
  `<h1>Parley needs https here</h1><p>This page was opened over plain http from another machine. Browsers then withhold what a messenger needs: protected cookies, encryption, the clipboard, the microphone.</p>
<ul><li>Put a server that does https in front, such as Caddy: <code>caddy reverse-proxy --from chat.example.org --to 127.0.0.1:7440</code>, and set <code>PARLEY_PUBLIC_URL=https://chat.example.org</code> and <code>PARLEY_TRUSTED_PROXIES=loopback</code>.</li>
<li>Or use the desktop app.</li><li>Or open <code>http://localhost:7440</code> on the machine the server runs on.</li></ul>
<p>A server that others can reach takes new accounts only with <code>PARLEY_REGISTRATION=open</code>.</p>`,
);

/** Whoever takes anything gets the page where it begins, and only there. */
const asksForPage = (request: Request) =>
  request.accepts(request.path === '/' ? ['html', 'json'] : ['json', 'html']) === 'html';

/** A browser that came over plain http from elsewhere gets one page that says what to do. */
function refusePlainHttp(publicHost: string | undefined): RequestHandler {
  return (request, response, next) => {
    // Whoever asks for the public https address came through what does https in front, configured as a proxy or not.
    const isPublic = publicHost !== undefined && request.headers.host === publicHost;
    if (request.secure || isPublic || isLoopback(request.hostname ?? '')) return next();
    response.status(200).setHeader('Cache-Control', 'no-store').type('html').send(needsHttps);
  };
}

function setCaching(response: Response, path: string): void {
  const isHashed = /[/\\]assets[/\\].*[-.][\w-]{8,}\.\w+$/.test(path);
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** The browser build, if there is one; every path that is not a file is the app's own to show. */
export function browserApp(folder: string, publicUrl: string | undefined, origins: Origins): Router {
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const publicHost = isHttps ? new URL(publicUrl ?? '').host : undefined;
  const router = express.Router();
  const index = join(folder, 'index.html');
  router.use(appHeaders(isHttps, origins));
  router.use(refusePlainHttp(publicHost));
  // Only the build's own files: nothing secret is ever compressed together with what others can choose.
  router.use(compression());
  router.use(express.static(folder, { index: false, dotfiles: 'ignore', redirect: false, setHeaders: setCaching }));
  router.get('/{*path}', (request, response, next) => {
    if (/\.\w+$/.test(request.path) || !asksForPage(request)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    if (existsSync(index)) return response.sendFile(index, { cacheControl: false });
    response.status(503).type('html').send(missingBuild);
  });
  return router;
}
