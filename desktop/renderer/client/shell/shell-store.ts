import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ShellApi, ShellFact, ShellView } from '../../../ipc/shell-api.ts';

/** What the desktop app wants this window to do. */
export type ShellErrand = Exclude<ShellFact, { kind: 'view' }>;

export interface ShellState {
  /** Missing until the desktop app has told it, and for ever in a browser. */
  view: ShellView | undefined;
  /** Oldest first; they wait until there is somebody to do them. */
  errands: readonly ShellErrand[];
}

/** The desktop app around the page, and what it last told. */
export interface Shell {
  ask: ShellApi['ask'];
  store: StoreApi<ShellState>;
}

const nothingTold: ShellState = { view: undefined, errands: [] };

/** What there is to know in a browser. */
export const noShell: StoreApi<ShellState> = createStore<ShellState>(() => nothingTold);

/** Listens from now on. */
export function followShell(api: ShellApi): Shell {
  const store = createStore<ShellState>(() => nothingTold);
  api.listen((fact) => {
    if (fact.kind === 'view') store.setState({ view: fact.view });
    else store.setState(({ errands }) => ({ errands: [...errands, fact] }));
  });
  return { ask: (command, input) => api.ask(command, input), store };
}

/** Whoever takes them does them: nobody else is handed the same. */
export function takeErrands({ store }: Shell): readonly ShellErrand[] {
  const { errands } = store.getState();
  if (errands.length > 0) store.setState({ errands: [] });
  return errands;
}
