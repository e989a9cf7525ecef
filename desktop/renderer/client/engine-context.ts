import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { CommandInput, CommandName, CommandResult, CommandValue } from '../../engine/api/commands.ts';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { AccountKey } from '../../engine/api/views.ts';
import type { ClientState } from './client-state.ts';
import type { ClientStore } from './follow-engine.ts';

export interface EngineHandle {
  engine: EngineApi;
  store: ClientStore;
}

const EngineContext = createContext<EngineHandle | null>(null);
const AccountContext = createContext<AccountKey | null>(null);

export const EngineProvider = EngineContext.Provider;
/** Everything below it speaks of this account. */
export const AccountProvider = AccountContext.Provider;

function useEngineHandle(): EngineHandle {
  const handle = useContext(EngineContext);
  if (!handle) throw new Error('There is no EngineProvider above this component');
  return handle;
}

/** Reads the engine's state; `select` answers values that keep their identity. */
export function useClient<T>(select: (state: ClientState) => T): T {
  return useStore(useEngineHandle().store, select);
}

export function useAccountKey(): AccountKey {
  const key = useContext(AccountContext);
  if (key === null) throw new Error('There is no AccountProvider above this component');
  return key;
}

/** Gives the engine a command: `const call = useEngine(); const result = await call('signIn', { ... })`. */
export function useEngine(): EngineApi['call'] {
  const { engine } = useEngineHandle();
  return useCallback((command, input) => engine.call(command, input), [engine]);
}

/** The commands that name an account. */
export type AccountCommand = {
  [C in CommandName]: CommandInput<C> extends { account: AccountKey } ? C : never;
}[CommandName];
type WithoutAccount<T> = T extends unknown ? Omit<T, 'account'> : never;

export type AccountCall = <C extends AccountCommand>(
  command: C,
  input: WithoutAccount<CommandInput<C>>,
) => Promise<CommandResult<CommandValue<C>>>;

/** As `useEngine`, with the account of the surrounding `AccountProvider` filled in. */
export function useAccountEngine(): AccountCall {
  const { engine } = useEngineHandle();
  const account = useAccountKey();
  return useCallback<AccountCall>(
    // The compiler cannot see that the parts make up the whole again.
    (command, input) => engine.call(command, { ...input, account } as unknown as CommandInput<typeof command>),
    [engine, account],
  );
}
