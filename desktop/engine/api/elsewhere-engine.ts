import type { CommandResult } from './commands.ts';
import type { EngineApi } from './engine-api.ts';

/** Stands in for the engine while another tab has it. Only `useHere` does something; everything else is refused and changes nothing. */
export function createElsewhereEngine(takeOver: () => Promise<void>): EngineApi {
  async function answer(): Promise<CommandResult<null>> {
    try {
      await takeOver();
      return { ok: true, value: null };
    } catch {
      return { ok: false, error: { code: 'internal' } };
    }
  }

  return {
    call: (command) =>
      command === 'useHere' ? (answer() as never) : Promise.resolve({ ok: false, error: { code: 'not_connected' } }),
    subscribe: () =>
      Promise.resolve({ snapshot: { revision: 0, app: { phase: 'elsewhere' }, changes: [] }, end: () => undefined }),
  };
}
