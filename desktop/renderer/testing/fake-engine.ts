import type { CommandInput, CommandName, CommandResult, CommandValue } from '../../engine/api/commands.ts';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { ChangeBatch } from '../../engine/api/views.ts';
import { fakeCommands } from './fake-commands.ts';
import { FakeWorld } from './fake-world.ts';

/** An engine in memory with the choir of the pictures. Commands behave plausibly; nothing is kept. */
export class FakeEngine extends FakeWorld implements EngineApi {
  async call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResult<CommandValue<C>>> {
    this.calls.push({ command, input: structuredClone(input) });
    if (this.options.stepMs > 0) await this.step(0.5);
    const failure = this.failures.get(command);
    if (failure) {
      this.failures.delete(command);
      return { ok: false, error: failure };
    }
    return structuredClone(await fakeCommands[command](this, structuredClone(input)));
  }

  async subscribe(onBatch: (batch: ChangeBatch) => void) {
    return this.feed.subscribe(onBatch);
  }
}
