import type { RequestHandler } from 'express';
import type { Log } from '../../domain/log.ts';

/** One line for each request: the route that took it, never the address that was typed, which may hold anything. */
export function requestLog(log: Log, now: () => number): RequestHandler {
  return (request, response, next) => {
    const began = now();
    response.once('close', () => {
      const route: unknown = request.route?.path;
      const path = typeof route === 'string' ? route : 'none';
      log.info('http', { method: request.method, route: path, status: response.statusCode, tookMs: now() - began });
    });
    next();
  };
}
