import type { LinkEnd, LinkHandlers } from '../../../engine/ports/socket.ts';

/** Handlers that write down what they are told, and promises for what a test waits for. */
export function recordLink() {
  const told: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<LinkEnd>();
  const facts: { name: string; payload: unknown }[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const handlers: LinkHandlers = {
    onOpen() {
      told.push('open');
      opened.resolve();
    },
    onFact(name, payload) {
      told.push(name);
      facts.push({ name, payload });
      for (const { count, resolve } of waiting) if (facts.length >= count) resolve();
    },
    onEnd(end) {
      told.push(end.kind);
      ended.resolve(end);
    },
  };
  const factsAreIn = (count: number): Promise<void> =>
    new Promise((resolve) => {
      if (facts.length >= count) resolve();
      else waiting.push({ count, resolve });
    });
  return { handlers, told, facts, opened: opened.promise, ended: ended.promise, factsAreIn };
}
