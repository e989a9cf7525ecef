import type { RequestHandler } from 'express';
import type { Origins } from '../origins.ts';
import { sendFailure } from './send-reply.ts';

/** Lets pages of the listed origins read answers and turns every other page away before anything is done for it. */
export function guardOrigin(origins: Origins): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    response.vary('Origin');
    if (origin === undefined) return next();
    if (!origins.isAllowed(origin)) {
      return sendFailure(response, { code: 'origin_not_allowed', message: 'This origin may not use this server' });
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method !== 'OPTIONS') return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
