import type { CommandResult } from './commands.ts';
import type { EngineApi } from './engine-api.ts';
import { asAnswer, asRequest, type LinkAnswer, type LinkRequest } from './link-messages.ts';
import type { ChangeBatch, Snapshot } from './views.ts';

/**
 * One end of a channel that copies what it carries by structured clone, once and in order: a `MessagePort`, or a process boundary
 * dressed as one. Where it has `start`, nothing arrives before that is called; the link calls it.
 */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  start?(): void;
}

/**
 * Answers at `port` for `engine`. The returned function ends it and its subscriptions; the port stays open. A call that the engine does
 * not survive, or whose value cannot be copied, is answered `internal`.
 */
export function serveEngine(engine: EngineApi, port: MessagePortLike): () => void {
  const endings = new Map<number, () => void>();
  const post = (answer: LinkAnswer): void => port.postMessage(answer);

  async function call({ id, command, input }: LinkRequest & { kind: 'call' }): Promise<void> {
    try {
      post({ kind: 'reply', id, result: await engine.call(command, input) });
    } catch {
      post({ kind: 'reply', id, result: { ok: false, error: { code: 'internal' } } });
    }
  }

  async function subscribe(id: number): Promise<void> {
    // The engine may tell a batch before this function goes on with the snapshot; the reader gets them in order all the same.
    let early: ChangeBatch[] | undefined = [];
    let hasEnded = false;
    let endSource: (() => void) | undefined;
    endings.set(id, () => {
      hasEnded = true;
      endSource?.();
    });
    const tell = (batch: ChangeBatch): void => {
      if (hasEnded) return;
      if (early) early.push(batch);
      else post({ kind: 'batch', id, batch });
    };
    try {
      const { snapshot, end } = await engine.subscribe(tell);
      endSource = end;
      if (hasEnded) return end();
      post({ kind: 'snapshot', id, snapshot });
    } catch {
      unsubscribe(id);
      post({ kind: 'no-snapshot', id });
    }
    const waiting = early;
    early = undefined;
    waiting.forEach(tell);
  }

  function unsubscribe(id: number): void {
    endings.get(id)?.();
    endings.delete(id);
  }

  function hear({ data }: { data: unknown }): void {
    const request = asRequest(data);
    if (request?.kind === 'call') void call(request);
    else if (request?.kind === 'subscribe') void subscribe(request.id);
    else if (request) unsubscribe(request.id);
  }

  port.addEventListener('message', hear);
  port.start?.();
  return () => {
    port.removeEventListener('message', hear);
    for (const id of [...endings.keys()]) unsubscribe(id);
  };
}

interface Subscription {
  onBatch(batch: ChangeBatch): void;
  resolve(snapshot: Snapshot): void;
  reject(reason: Error): void;
}

/** The engine behind `port`. What is asked of a port that nobody serves is never answered. */
export function connectEngine(port: MessagePortLike): EngineApi {
  const calls = new Map<number, (result: CommandResult<unknown>) => void>();
  const subscriptions = new Map<number, Subscription>();
  let lastId = 0;
  const post = (request: LinkRequest): void => port.postMessage(request);

  function settleCall(id: number, result: CommandResult<unknown>): void {
    calls.get(id)?.(result);
    calls.delete(id);
  }

  function hear({ data }: { data: unknown }): void {
    const answer = asAnswer(data);
    if (answer === undefined) return;
    const subscription = subscriptions.get(answer.id);
    switch (answer.kind) {
      case 'reply':
        return settleCall(answer.id, answer.result);
      case 'snapshot':
        return subscription?.resolve(answer.snapshot);
      case 'batch':
        return subscription?.onBatch(answer.batch);
      case 'no-snapshot':
        subscriptions.delete(answer.id);
        return subscription?.reject(new Error('the engine gives no snapshot'));
    }
  }

  port.addEventListener('message', hear);
  port.start?.();

  return {
    call(command, input) {
      const id = (lastId += 1);
      return new Promise((resolve) => {
        calls.set(id, resolve as (result: CommandResult<unknown>) => void);
        try {
          post({ kind: 'call', id, command, input });
        } catch {
          settleCall(id, { ok: false, error: { code: 'internal' } });
        }
      });
    },
    async subscribe(onBatch) {
      const id = (lastId += 1);
      const snapshot = await new Promise<Snapshot>((resolve, reject) => {
        subscriptions.set(id, { onBatch, resolve, reject });
        post({ kind: 'subscribe', id });
      });
      return {
        snapshot,
        end() {
          if (subscriptions.delete(id)) post({ kind: 'unsubscribe', id });
        },
      };
    },
  };
}
