import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Log } from '../../domain/log.ts';
import { sendFailure } from './send-reply.ts';

export const maxBodyBytes = 128 * 1024;

export const jsonBody: RequestHandler = express.json({ limit: maxBodyBytes, strict: true, type: 'application/json' });

/** A body that is not JSON is refused, not ignored: pages of other sites can send forms without asking, but not JSON. */
export const onlyJson: RequestHandler = (request, response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody || request.is('application/json') !== false) return next();
  sendFailure(response, { code: 'invalid_request', message: 'The body must be application/json' }, 415);
};

interface HttpError {
  status?: unknown;
}

/** What a parser, or the router, has thrown before any operation was found. */
export function replyToParserErrors(log: Log): ErrorRequestHandler {
  return (error: HttpError, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error.status === 'number' ? error.status : 500;
    if (status === 413) {
      return sendFailure(response, { code: 'payload_too_large', message: `At most ${maxBodyBytes} bytes` });
    }
    if (status >= 400 && status < 500) {
      return sendFailure(response, { code: 'invalid_request', message: 'The request cannot be read' }, status);
    }
    log.error('defect', { operation: 'http', error });
    sendFailure(response, { code: 'internal', message: 'Something went wrong on the server' });
  };
}
