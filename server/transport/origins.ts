import { isLoopback } from '@parley/shared/model/loopback.ts';

/** The pages that may use this server, exactly. A request without an origin does not come from a page of another site. */
export interface Origins {
  isAllowed(origin: string): boolean;
  /** Addresses the app's pages may open sockets to. */
  socketOrigins(): string[];
}

/** `port` is known once the server listens. */
export function createOrigins(options: {
  publicUrl: string | undefined;
  allowedOrigins: readonly string[];
  host: string;
  port: () => number;
}): Origins {
  function list(): string[] {
    const named = [...(options.publicUrl === undefined ? [] : [options.publicUrl]), ...options.allowedOrigins];
    const port = options.port();
    const loopback = ['localhost', '127.0.0.1', '[::1]'].map((name) => `http://${name}:${port}`);
    const own = isLoopback(options.host) || options.publicUrl === undefined ? loopback : [];
    return [...named, ...own];
  }
  return {
    isAllowed: (origin) => list().includes(origin),
    // A content security policy cannot name an IPv6 address; browsers count such a page's own socket as 'self'.
    socketOrigins: () =>
      list()
        .filter((origin) => !origin.includes('['))
        .map((origin) => origin.replace(/^http/, 'ws')),
  };
}
