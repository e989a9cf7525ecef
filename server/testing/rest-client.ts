import type { Reply } from '@parley/shared/contract/reply.ts';

export interface RestAnswer {
  status: number;
  headers: Headers;
  /** The body where it is JSON. */
  reply: Reply<Record<string, unknown>>;
  text: string;
}

export interface RestRequest {
  method?: string;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** One exchange over HTTP, as any client makes it. */
export async function callRest(url: string, path: string, request: RestRequest = {}): Promise<RestAnswer> {
  const { method = request.body === undefined ? 'GET' : 'POST', body, token } = request;
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...request.headers,
  };
  const payload = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { method, headers, redirect: 'manual', ...payload });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const reply = (isJson ? JSON.parse(text) : {}) as RestAnswer['reply'];
  return { status: response.status, headers: response.headers, reply, text };
}
