import { failure, success } from '@parley/shared/contract/reply.ts';
import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { Link, LinkEnd, SocketPort } from '../ports/socket.ts';

export interface HandRequest {
  name: string;
  input: unknown;
  answer(data: unknown): void;
  refuse(code: string, retryAfterMs?: number): void;
  /** What comes back, whatever it is. */
  reply(raw: unknown): void;
  /** Nothing comes back in time. */
  lose(): void;
}

export interface HandLink {
  readonly token: string;
  readonly address: string;
  isClosed: boolean;
  /** Asked and not answered. */
  readonly requests: HandRequest[];
  open(): void;
  tell(name: string, payload: unknown): void;
  end(end?: LinkEnd): void;
  refuse(code: string, retryAfterMs?: number): void;
}

export interface HandSocket extends SocketPort {
  readonly links: HandLink[];
  /** The newest link. */
  readonly link: HandLink;
  /** Names of everything asked, over all links. */
  readonly asked: string[];
  /** What is answered at once; the rest waits for a hand. A thrown reply is sent as it is. */
  answers: Record<string, (input: never) => unknown>;
}

/** A line on which nothing moves until a test moves it. */
export function handSocket(): HandSocket {
  const links: HandLink[] = [];
  const socket: HandSocket = {
    links,
    asked: [],
    answers: {},
    get link() {
      const last = links.at(-1);
      if (last === undefined) throw new Error('Nobody has dialled');
      return last;
    },
    open({ address, token, handlers }): Link {
      const rejects = new Set<(error: Error) => void>();
      const over = () => {
        link.isClosed = true;
        for (const reject of rejects) reject(new Error('the line is gone'));
      };
      const link: HandLink = {
        token,
        address,
        isClosed: false,
        requests: [],
        open: () => handlers.onOpen(),
        tell: (name, payload) => handlers.onFact(name, payload),
        end(end = { kind: 'lost' }) {
          over();
          handlers.onEnd(end);
        },
        refuse(code, retryAfterMs) {
          const refusal = failure(code as ErrorCode, 'refused', retryAfterMs);
          link.end({ kind: 'refused', failure: refusal.error });
        },
      };
      links.push(link);
      return {
        close: over,
        request(name, input) {
          socket.asked.push(name);
          return new Promise((resolve, reject) => {
            rejects.add(reject);
            const take = (run: () => void) => {
              const place = link.requests.indexOf(request);
              if (place >= 0) link.requests.splice(place, 1);
              run();
            };
            const request: HandRequest = {
              name,
              input,
              answer: (data) => take(() => resolve(success(data))),
              refuse: (code, retryAfterMs) => take(() => resolve(failure(code as ErrorCode, 'refused', retryAfterMs))),
              reply: (raw) => take(() => resolve(raw as never)),
              lose: () => take(() => reject(new Error('nothing came back'))),
            };
            link.requests.push(request);
            const answer = socket.answers[name];
            if (answer !== undefined) request.answer(answer(input as never));
          });
        },
      };
    },
  };
  return socket;
}
