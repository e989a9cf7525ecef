import type { EngineApi } from '../engine-api.ts';
import type { CommandName, CommandResult } from '../commands.ts';
import type { AppView, ChangeBatch, Snapshot } from '../views.ts';

/** An engine that says what a test tells it to. */
export interface FakeEngine extends EngineApi {
  /** Every call, in order. */
  readonly calls: { command: CommandName; input: unknown }[];
  /** How many subscriptions have not been ended. */
  readonly subscribers: number;
  readonly isClosed: boolean;
  /** What `call` answers; without it every command is answered ok with null. */
  answerWith(answer: (command: CommandName, input: unknown) => Promise<CommandResult<unknown>>): void;
  emit(batch: ChangeBatch): void;
  close(): Promise<void>;
}

export const readyApp: AppView = { phase: 'ready', accounts: [], storage: 'kept', server: { kind: 'fixed' } };

export function createFakeEngine(snapshot: Snapshot = { revision: 1, app: readyApp, changes: [] }): FakeEngine {
  const listeners = new Set<(batch: ChangeBatch) => void>();
  const calls: FakeEngine['calls'] = [];
  let answer: (command: CommandName, input: unknown) => Promise<CommandResult<unknown>> = () =>
    Promise.resolve({ ok: true, value: null });
  let isClosed = false;
  return {
    calls,
    get subscribers() {
      return listeners.size;
    },
    get isClosed() {
      return isClosed;
    },
    answerWith(next) {
      answer = next;
    },
    emit(batch) {
      for (const tell of listeners) tell(batch);
    },
    call(command, input) {
      calls.push({ command, input });
      return answer(command, input) as never;
    },
    async subscribe(onBatch) {
      const tell = (batch: ChangeBatch): void => onBatch(batch);
      listeners.add(tell);
      return { snapshot, end: () => listeners.delete(tell) };
    },
    async close() {
      isClosed = true;
    },
  };
}
