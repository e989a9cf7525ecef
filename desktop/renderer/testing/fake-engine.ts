import type { CommandInput, CommandName, CommandResult, CommandValue } from '../../engine/api/commands.ts';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { ChangeBatch } from '../../engine/api/views.ts';
import { fakeCommands } from './fake-commands.ts';
import { type FakeOptions, FakeWorld, secondAccount } from './fake-world.ts';

/** An engine in memory with the choir of the pictures. Commands behave plausibly; nothing is kept. */
export class FakeEngine extends FakeWorld implements EngineApi {
  /** The other account's world, once there is one. */
  second: FakeWorld | undefined;

  constructor(options: FakeOptions = {}) {
    super(options);
    if (this.options.hasSecond) this.second = new FakeWorld(options, this);
  }

  async call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResult<CommandValue<C>>> {
    this.calls.push({ command, input: structuredClone(input) });
    if (this.options.stepMs > 0) await this.step(0.5);
    const failure = this.failures.get(command);
    if (failure) {
      this.failures.delete(command);
      return { ok: false, error: failure };
    }
    return structuredClone(await fakeCommands[command](this.#worldOf(command, input), structuredClone(input)));
  }

  async subscribe(onBatch: (batch: ChangeBatch) => void) {
    return this.feed.subscribe(onBatch);
  }

  /** Who signs in where somebody already is gets a world of their own. */
  #worldOf(command: CommandName, input: object): FakeWorld {
    const { app } = this.feed;
    const isOneMore = app.phase === 'ready' && app.accounts.length > 0 && 'address' in input;
    if (isOneMore && (command === 'signIn' || command === 'register') && input.address !== this.account.serverAddress) {
      this.second ??= new FakeWorld({ ...this.options, scene: 'signed-out' }, this);
      return this.second;
    }
    return 'account' in input && input.account === secondAccount && this.second ? this.second : this;
  }
}
