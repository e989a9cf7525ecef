/** The refresh cookie of one HTTP exchange; where there are no cookies, nothing is read and nothing kept. */
export interface RefreshCookie {
  read(): string | undefined;
  set(token: string): void;
  clear(): void;
}

/** Where a request came from, for those that nobody has signed in to make. */
export interface RequestOrigin {
  /** The client's IP address, as the configured proxies tell it. */
  address: string;
  cookie: RefreshCookie;
}
