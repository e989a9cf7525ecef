import type { HttpPort } from '../../engine/ports/http.ts';

export const fetchHttp: HttpPort = {
  async send({ address, method, path, body, token, timeoutMs }) {
    const response = await fetch(new URL(path, address), {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The refresh cookie goes to its own server only.
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // The text is within the timeout too; what is not JSON is an answer all the same.
    return { status: response.status, body: parse(await response.text()) };
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
