import type { CommandInput, CommandName, CommandResult } from './commands.ts';
import type { ChangeBatch, Snapshot } from './views.ts';

/** From the UI to the engine. `id` is the asker's: it names the answer, and a subscription until its end. */
export type LinkRequest =
  | { kind: 'call'; id: number; command: CommandName; input: CommandInput<CommandName> }
  | { kind: 'subscribe'; id: number }
  | { kind: 'unsubscribe'; id: number };

/** From the engine to the UI. The batches of a subscription follow its snapshot. */
export type LinkAnswer =
  | { kind: 'reply'; id: number; result: CommandResult<unknown> }
  | { kind: 'snapshot'; id: number; snapshot: Snapshot }
  | { kind: 'no-snapshot'; id: number }
  | { kind: 'batch'; id: number; batch: ChangeBatch };

/** A port also carries what others put on it: whatever is not of this shape is not for the link. */
function kindOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('id' in data)) return undefined;
  return typeof data.kind === 'string' && typeof data.id === 'number' ? data.kind : undefined;
}

export function asRequest(data: unknown): LinkRequest | undefined {
  switch (kindOf(data)) {
    case 'call':
      return typeof (data as { command?: unknown }).command === 'string' ? (data as LinkRequest) : undefined;
    case 'subscribe':
    case 'unsubscribe':
      return data as LinkRequest;
    default:
      return undefined;
  }
}

export function asAnswer(data: unknown): LinkAnswer | undefined {
  switch (kindOf(data)) {
    case 'reply':
    case 'snapshot':
    case 'no-snapshot':
    case 'batch':
      return data as LinkAnswer;
    default:
      return undefined;
  }
}
