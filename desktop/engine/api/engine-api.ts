import type { CommandInput, CommandName, CommandResult, CommandValue } from './commands.ts';
import type { ChangeBatch, Snapshot } from './views.ts';

/**
 * All that the UI sees of the engine. Values are plain data and cross by structured clone, in the same page as between processes.
 */
export interface EngineApi {
  call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResult<CommandValue<C>>>;
  /**
   * Answers a snapshot; from then on `onBatch` gets every batch above its revision, in order. Calling it again (after a reload, or a
   * missing revision) is the whole recovery. The returned `end` stops the batches.
   */
  subscribe(onBatch: (batch: ChangeBatch) => void): Promise<{ snapshot: Snapshot; end: () => void }>;
}
