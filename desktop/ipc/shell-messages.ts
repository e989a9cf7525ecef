import type { CommandResult } from '../engine/api/commands.ts';
import type { ShellCommandName, ShellFact } from './shell-api.ts';

/** From a page to the desktop app. `id` is the page's: it names the answer. */
export type ShellRequest =
  | { kind: 'ask'; id: number; command: ShellCommandName; input: unknown }
  /** From now on this page takes facts; it is told the view, and what waited for a page. */
  | { kind: 'listen' };

/** From the desktop app to a page. */
export type ShellAnswer =
  | { kind: 'answer'; id: number; result: CommandResult<unknown> }
  | { kind: 'fact'; fact: ShellFact };
