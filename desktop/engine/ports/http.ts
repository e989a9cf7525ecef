/** One HTTP exchange with a server; cookies of that server travel where the host keeps them. */
export interface HttpPort {
  /** Resolves with any status; `body` is the parsed JSON or null. Rejects only when nothing answers in `timeoutMs`. */
  send(request: {
    address: string;
    method: string;
    path: string;
    body?: unknown;
    token?: string;
    timeoutMs: number;
  }): Promise<{ status: number; body: unknown }>;
}
