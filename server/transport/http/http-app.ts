import express, { type Express } from 'express';
import type { Log } from '../../domain/log.ts';
import { browserApp } from './browser-app.ts';
import { docsRoutes } from './docs-routes.ts';
import { guardOrigin } from './guard-origin.ts';
import { apiHeaders } from './headers.ts';
import { jsonBody, onlyJson, replyToParserErrors } from './json-body.ts';
import { metricsRoute, type ShowMetrics } from './metrics-route.ts';
import { requestLog } from './request-log.ts';
import { restRoutes, type RestPorts } from './rest-routes.ts';
import { sendFailure } from './send-reply.ts';

export interface HttpAppPorts extends RestPorts {
  trustedProxies: readonly string[];
  browserBuildDir: string;
  publicUrl: string | undefined;
  version: string;
  /** Left out: there is no such page. */
  metricsPage: ShowMetrics | undefined;
  log: Log;
  now(): number;
}

/** Where whoever has not read the documentation asks whether a server is well. */
const conventionalHealth = ['/health', '/api/health'];

export function createHttpApp(ports: HttpAppPorts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Values of a query are strings or lists of strings, never objects.
  app.set('query parser', 'simple');
  app.set('trust proxy', [...ports.trustedProxies]);
  app.use(requestLog(ports.log, ports.now));

  if (ports.metricsPage) app.get('/metrics', apiHeaders(ports.isHttps), metricsRoute(ports.metricsPage));
  app.get(conventionalHealth, (request, _response, next) => {
    request.url = '/health/ready';
    next();
  });
  const isOurs = ['/api', '/health'];
  app.use(isOurs, apiHeaders(ports.isHttps), guardOrigin(ports.origins), onlyJson, jsonBody);
  app.use(docsRoutes(ports.isHttps, ports.version));
  app.use(restRoutes(ports));
  app.use(isOurs, (_request, response) => {
    sendFailure(response, { code: 'unknown_operation', message: 'There is no such route' });
  });
  app.use(browserApp(ports.browserBuildDir, ports.publicUrl, ports.origins));
  app.use(apiHeaders(ports.isHttps), (_request, response) => {
    sendFailure(response, { code: 'not_found', message: 'There is nothing here' });
  });
  app.use(replyToParserErrors(ports.log));
  return app;
}
