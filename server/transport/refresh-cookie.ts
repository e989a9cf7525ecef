import { parseCookie, stringifySetCookie } from 'cookie';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefreshCookie } from '../domain/accounts/request-origin.ts';

/** Where there is no exchange of headers. */
export const noCookie: RefreshCookie = { read: () => undefined, set() {}, clear() {} };

const maxAgeSeconds = 400 * 86_400;

/**
 * A browser's refresh token. With https the name carries `__Host-`: no other host of the domain can set it. Over plain http, which
 * only loopback gets, not every browser keeps a Secure cookie, so there it is neither Secure nor prefixed.
 */
export function refreshCookieOf(request: IncomingMessage, response: ServerResponse, isHttps: boolean): RefreshCookie {
  const name = isHttps ? '__Host-parley-refresh' : 'parley-refresh';
  const write = (value: string, maxAge: number) => {
    const attributes = { httpOnly: true, secure: isHttps, sameSite: 'strict', path: '/', maxAge } as const;
    response.setHeader('Set-Cookie', stringifySetCookie({ name, value, ...attributes }));
  };
  return {
    read: () => parseCookie(request.headers.cookie ?? '')[name],
    set: (token) => write(token, maxAgeSeconds),
    clear: () => write('', 0),
  };
}
