import type { OperationKey } from '@parley/shared/contract/registry.ts';
import type { IntentRecord } from '../storage/port/records.ts';
import { DomainError } from './domain-error.ts';

/** The record of an intent that brings no message: of whom, of which operation, and its first answer. */
export function recordOf(id: string, accountId: string, operation: OperationKey, answer: unknown): IntentRecord {
  return { id, accountId, answer: { operation, answer } };
}

/** What an id is answered that is taken: one id is one act of one person (D1). */
export function idTaken(): DomainError {
  return new DomainError('intent_of_another', 'This id was used for something else');
}

/** The first answer to an intent; `null` is an id that something else has. */
export function firstAnswer<T>(record: IntentRecord | null, accountId: string, operation: OperationKey): T {
  const recorded = record?.answer as { operation?: OperationKey; answer?: T } | null | undefined;
  if (record?.accountId !== accountId || recorded?.operation !== operation) throw idTaken();
  return recorded.answer as T;
}
