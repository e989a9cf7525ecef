import type { RequestHandler } from 'express';
import { sendFailure } from './send-reply.ts';

/** Answers `null` to whoever may not see it. */
export type ShowMetrics = (authorization: string | undefined) => Promise<{ type: string; text: string } | null>;

export function metricsRoute(show: ShowMetrics): RequestHandler {
  return async (request, response) => {
    const page = await show(request.headers.authorization);
    if (page !== null) {
      response.setHeader('Content-Type', page.type);
      response.end(page.text);
      return;
    }
    response.setHeader('WWW-Authenticate', 'Bearer');
    sendFailure(response, { code: 'unauthenticated', message: 'Send the token of the metrics as a bearer token' });
  };
}
