import express, { type Router } from 'express';
import { docsHeaders } from './headers.ts';
import { docsPage, docsStyle } from './docs-page.ts';
import { createOpenApiDocument } from './openapi.ts';

/** What this server speaks, for people and for programs. Made at the first question: most servers are never asked. */
export function docsRoutes(isHttps: boolean, version: string): Router {
  const router = express.Router();
  let document: object | null = null;
  let text: string | null = null;
  router.get('/api/openapi.json', (_request, response) => {
    response.json((document ??= createOpenApiDocument(version)));
  });
  router.get('/api/docs', docsHeaders(isHttps), (_request, response) => {
    response.type('html').send((text ??= docsPage()));
  });
  router.get('/api/docs/style.css', (_request, response) => {
    response.type('css').send(docsStyle);
  });
  return router;
}
