import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** The client's address, as far as the configured proxies can be believed. */
export function createAddressOf(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trust = proxyAddr.compile([...trustedProxies]);
  return (request) => proxyAddr(request, trust);
}
