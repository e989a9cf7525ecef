import {
  extendZodWithOpenApi,
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { commonErrors, type Operation } from '@parley/shared/contract/define.ts';
import { operationList } from '@parley/shared/contract/registry.ts';
import { failureSchema, replySchema } from '@parley/shared/contract/reply.ts';
import { protocolVersion } from '@parley/shared/contract/version.ts';
import { statusOfCode } from './status-of.ts';

extendZodWithOpenApi(z);

type Shape = Record<string, z.ZodType>;

const pathFields = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

function shapeOf(schema: z.ZodType): Shape {
  return schema instanceof z.ZodObject ? (schema.shape as Shape) : {};
}

function requestOf(operation: Operation): RouteConfig['request'] {
  const { method = 'GET', path = '' } = operation.rest ?? {};
  const inPath = new Set(pathFields(path));
  const fields = Object.entries(shapeOf(operation.input));
  const params = Object.fromEntries(fields.filter(([name]) => inPath.has(name)));
  const others = Object.fromEntries(fields.filter(([name]) => !inPath.has(name)));
  const request = Object.keys(params).length === 0 ? {} : { params: z.object(params) };
  if (Object.keys(others).length === 0) return request;
  if (method === 'GET' || method === 'DELETE') return { ...request, query: z.object(others) };
  return { ...request, body: { required: true, content: { 'application/json': { schema: z.object(others) } } } };
}

function responsesOf(operation: Operation): RouteConfig['responses'] {
  const content = (schema: z.ZodType) => ({ 'application/json': { schema } });
  const responses: RouteConfig['responses'] = {
    200: { description: 'Done', content: content(replySchema(operation.output)) },
  };
  const signedOut =
    operation.auth === 'session' ? (['unauthenticated', 'token_expired', 'session_revoked'] as const) : [];
  const byStatus = new Map<number, string[]>();
  for (const code of [...operation.errors, ...signedOut, ...commonErrors]) {
    const status = statusOfCode(code);
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), code])]);
  }
  const refused = z.object({ ok: z.literal(false), error: failureSchema });
  for (const [status, codes] of byStatus)
    responses[status] = { description: codes.join(', '), content: content(refused) };
  return responses;
}

/** The REST half of the contract as OpenAPI 3.1. */
export function createOpenApiDocument(version: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'accessToken', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const operation of operationList) {
    if (operation.rest === undefined) continue;
    registry.registerPath({
      method: operation.rest.method.toLowerCase() as RouteConfig['method'],
      path: operation.rest.path,
      operationId: operation.name,
      summary: operation.summary,
      security: operation.auth === 'session' ? [{ accessToken: [] }] : [],
      ...(requestOf(operation) === undefined ? {} : { request: requestOf(operation) }),
      responses: responsesOf(operation),
    } as RouteConfig);
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description: `Protocol ${protocolVersion.current}. What is pushed, and how to stay in step, is in docs/protocol.md.`,
    },
  });
}
