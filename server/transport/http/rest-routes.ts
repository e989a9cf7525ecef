import express, { type Request, type Response, type Router } from 'express';
import { operations, type OperationKey } from '@parley/shared/contract/registry.ts';
import type { RestBinding } from '@parley/shared/contract/define.ts';
import type { Caller } from '../../domain/caller.ts';
import { DomainError } from '../../domain/domain-error.ts';
import type { Origins } from '../origins.ts';
import { refreshCookieOf } from '../refresh-cookie.ts';
import type { Serve } from '../serve.ts';
import { sendReply } from './send-reply.ts';
import { statusOf } from './status-of.ts';

export interface RestPorts {
  serve: Serve;
  authenticate(accessToken: string): Promise<Caller>;
  origins: Origins;
  isHttps: boolean;
}

const methods = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** The input of an operation: fields of the path win over those of the query or the body. */
function gather(binding: RestBinding, request: Request): unknown {
  const inQuery = binding.method === 'GET' || binding.method === 'DELETE';
  const rest: unknown = inQuery ? request.query : (request.body ?? {});
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) return rest;
  return { ...rest, ...request.params };
}

function bearerOf(request: Request): string {
  const [, token] = /^Bearer ([\w.~+/=-]{1,4096})$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw new DomainError('unauthenticated', 'Send the access token as a bearer token');
  return token;
}

/** A cookie travels by itself, so it counts only in a request whose page was checked and that no form can make. */
function isCookieCredible(request: Request, origins: Origins): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origins.isAllowed(origin) && request.is('application/json') !== false;
}

function answerWith(key: OperationKey, binding: RestBinding, ports: RestPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const cookie = refreshCookieOf(request, response, ports.isHttps);
    const read = () => (isCookieCredible(request, ports.origins) ? cookie.read() : undefined);
    const reply = await ports.serve({
      key,
      input: gather(binding, request),
      identify: async () => ports.authenticate(bearerOf(request)),
      origin: { address: request.ip ?? '', cookie: { ...cookie, read } },
    });
    sendReply(response, reply, statusOf(key, reply));
  };
}

/** Fixed segments before fields, so that `/direct` is never taken for an id. */
function byPrecision([, left]: [string, RestBinding], [, right]: [string, RestBinding]): number {
  const count = (path: string) => path.split('{').length;
  return count(left.path) - count(right.path);
}

/** One route for every operation with a binding. */
export function restRoutes(ports: RestPorts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const bound = Object.entries(operations).flatMap(([key, operation]): [OperationKey, RestBinding][] =>
    operation.rest === undefined ? [] : [[key as OperationKey, operation.rest]],
  );
  for (const [key, binding] of bound.toSorted(byPrecision)) {
    router[methods[binding.method]](binding.path.replace(/\{(\w+)\}/g, ':$1'), answerWith(key, binding, ports));
  }
  return router;
}
