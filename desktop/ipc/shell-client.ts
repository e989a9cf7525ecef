import type { CommandResult } from '../engine/api/commands.ts';
import type { PageBridge } from './page-bridge.ts';
import type { ShellApi, ShellFact } from './shell-api.ts';
import type { ShellAnswer, ShellRequest } from './shell-messages.ts';

/** The desktop app behind the bridge of the preload. */
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
