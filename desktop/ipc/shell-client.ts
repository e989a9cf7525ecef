import type { CommandResult } from '../engine/api/commands.ts';
import type { PageBridge } from './page-bridge.ts';
import type { ShellCommandName, ShellCommands, ShellFact } from './shell-api.ts';
import type { ShellAnswer, ShellRequest } from './shell-messages.ts';

/** The desktop app, as a page has it. */
export interface ShellApi {
  /** Always answered, never with an exception. */
  ask<C extends ShellCommandName>(
    command: C,
    input: ShellCommands[C]['input'],
  ): Promise<CommandResult<ShellCommands[C]['value']>>;
  /** Told the view at once, and what waited for a page; then everything. The returned function ends it. */
  listen(onFact: (fact: ShellFact) => void): () => void;
}

export function connectShell(bridge: PageBridge['shell']): ShellApi {
  const waiting = new Map<number, (result: CommandResult<never>) => void>();
  const listeners = new Set<(fact: ShellFact) => void>();
  let lastId = 0;
  const send = (request: ShellRequest) => bridge.ask(request);

  bridge.onTell((told) => {
    const answer = told as ShellAnswer;
    if (answer.kind === 'fact') {
      for (const listener of [...listeners]) listener(answer.fact);
      return;
    }
    waiting.get(answer.id)?.(answer.result as CommandResult<never>);
    waiting.delete(answer.id);
  });

  return {
    ask(command, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send({ kind: 'ask', id, command, input });
      });
    },
    listen(onFact) {
      listeners.add(onFact);
      send({ kind: 'listen' });
      return () => listeners.delete(onFact);
    },
  };
}
