import type { InputOf, OutputOf } from '@parley/shared/contract/define.ts';
import type { OperationKey, Operations } from '@parley/shared/contract/registry.ts';
import { type Ask, Refusal } from '../connection/ask.ts';

const waitForLineMs = 10_000;
/** An unanswered intent is remembered this long: what a person does again later is meant anew. */
const rememberMs = 5 * 60_000;
const rememberAtMost = 50;

type WithId = { [K in OperationKey]: InputOf<Operations[K]> extends { id: string } ? K : never }[OperationKey];

export interface AskedIntentsOptions {
  ask: Ask;
  mintId(): string;
  monotonic(): number;
  /** Resolves with whether there is a line, as soon as there is one and after `withinMs` at the latest. */
  opened(withinMs: number): Promise<boolean>;
}

/**
 * Intents a person waits for, which are not stored (D1): each keeps its id until it is answered. One whose answer got lost is asked once
 * more under it when the line is back soon; and doing the same again is the same intent, so that leaving twice is leaving once.
 */
export class AskedIntents {
  readonly #options: AskedIntentsOptions;
  readonly #unanswered = new Map<string, { id: string; at: number }>();

  constructor(options: AskedIntentsOptions) {
    this.#options = options;
  }

  async ask<K extends WithId>(
    operation: K,
    about: Omit<InputOf<Operations[K]>, 'id'>,
  ): Promise<OutputOf<Operations[K]>> {
    const key = `${operation} ${JSON.stringify(about)}`;
    const input = { ...about, id: this.#idOf(key) } as unknown as InputOf<Operations[K]>;
    try {
      const answer = await this.#askTwice(operation, input);
      this.#unanswered.delete(key);
      return answer;
    } catch (error) {
      if (error instanceof Refusal && error.class === 'final') this.#unanswered.delete(key);
      throw error;
    }
  }

  async #askTwice<K extends WithId>(operation: K, input: InputOf<Operations[K]>): Promise<OutputOf<Operations[K]>> {
    try {
      return await this.#options.ask(operation, input);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'not_connected') throw error;
      if (!(await this.#options.opened(waitForLineMs))) throw error;
      return this.#options.ask(operation, input);
    }
  }

  #idOf(key: string): string {
    const now = this.#options.monotonic();
    const known = this.#unanswered.get(key);
    const id = known !== undefined && now - known.at < rememberMs ? known.id : this.#options.mintId();
    this.#unanswered.delete(key);
    this.#unanswered.set(key, { id, at: now });
    for (const oldest of [...this.#unanswered.keys()].slice(0, -rememberAtMost)) this.#unanswered.delete(oldest);
    return id;
  }
}
