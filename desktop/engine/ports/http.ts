/** Why nothing that could be a Parley answers, where the host can tell. */
export type NoAnswerReason =
  /** No such name, or what was typed is no address. */
  | 'name-unknown'
  /** The machine is there, and nothing listens. */
  | 'refused'
  /** The certificate is not one this device trusts. */
  | 'not-trusted'
  /** It was asked over https and does not speak it. */
  | 'not-secure'
  /** It speaks something other than HTTP. */
  | 'not-http';

export class NoAnswer extends Error {
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason, options?: ErrorOptions) {
    super(`no answer: ${reason}`, options);
    this.name = 'NoAnswer';
    this.reason = reason;
  }
}

/** One HTTP exchange with a server; cookies of that server travel where the host keeps them. */
export interface HttpPort {
  /**
   * Resolves with any status; `body` is the parsed JSON or null. Rejects only when nothing answers in `timeoutMs`: with `NoAnswer` where
   * the host can tell why.
   */
  send(request: {
    address: string;
    method: string;
    path: string;
    body?: unknown;
    token?: string;
    timeoutMs: number;
  }): Promise<{ status: number; body: unknown }>;
}
