import type { CommandName } from '../../engine/api/commands.ts';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import { commandSchemas } from './command-schemas.ts';

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSchemas, name);
}

/** The engine to whoever is not trusted to ask properly: what is no command, or does not fit it, is refused as `invalid_request`. */
export function checkedEngine(engine: EngineApi): EngineApi {
  return {
    async call(command, input) {
      const isFit = isCommand(command) && commandSchemas[command].safeParse(input).success;
      return isFit ? engine.call(command, input) : { ok: false, error: { code: 'invalid_request' } };
    },
    subscribe: (onBatch) => engine.subscribe(onBatch),
  };
}
