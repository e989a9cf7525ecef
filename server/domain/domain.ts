import type { OperationKey, Operations } from '@parley/shared/contract/registry.ts';
import type { OutputOf, ParsedInputOf } from '@parley/shared/contract/define.ts';
import type { Caller } from './caller.ts';

/** What the domain answers to one operation; refusals are thrown as `DomainError`. */
export type Answer<K extends OperationKey> = (
  caller: Caller,
  input: ParsedInputOf<Operations[K]>,
) => Promise<OutputOf<Operations[K]>>;
