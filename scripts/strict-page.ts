import { posix } from 'node:path';
import type { Plugin } from 'vite';

const inlineCode = [
  { pattern: /<script(?![^>]*\ssrc=)[^>]*>/i, what: 'an inline script' },
  { pattern: /<style[\s>]/i, what: 'an inline style sheet' },
  { pattern: /\sstyle="/i, what: 'a style attribute' },
  { pattern: /\son[a-z]+="/i, what: 'an inline event handler' },
  { pattern: /\s(?:src|href)="data:/i, what: 'a data: URL' },
];

/** What the server's Content-Security-Policy would refuse in this page. */
export function refusedInPage(html: string): string[] {
  return inlineCode.filter(({ pattern }) => pattern.test(html)).map(({ what }) => what);
}

/**
 * Builds one HTML file as `index.html` that a strict Content-Security-Policy accepts, and answers with it in
 * development wherever a browser asks for a page.
 * @param page the HTML file, relative to Vite's root
 */
export function strictPage(page: string): Plugin {
  return {
    name: 'parley:strict-page',
    enforce: 'post',
    configureServer({ config, middlewares }) {
      const proxied = Object.keys(config.server.proxy ?? {});
      middlewares.use((request, _response, next) => {
        const isForServer = proxied.some((path) => request.url?.startsWith(path));
        const wantsPage = request.headers.accept?.includes('text/html') ?? false;
        if (wantsPage && !isForServer) request.url = `/${page}`;
        next();
      });
    },
    transformIndexHtml: {
      order: 'pre',
      // In development the page is seen at any path, so what it refers to needs its own.
      handler: (html, { server }) => (server ? html.replaceAll('="./', `="/${posix.dirname(page)}/`) : html),
    },
    generateBundle(_options, bundle) {
      const file = bundle[page];
      if (file?.type !== 'asset') return;
      const refused = refusedInPage(String(file.source));
      if (refused.length > 0) {
        this.error(`${page} holds ${refused.join(', ')}; move it into a file, the Content-Security-Policy refuses it`);
      }
      file.fileName = 'index.html';
    },
  };
}
