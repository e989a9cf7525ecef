import { wireLimits } from '@parley/shared/contract/limits.ts';

/** What an answer holds around its records, acknowledgement and all. */
const frameBytes = 1024;
/** What is left for the records of one answer. */
export const answerMaxBytes = wireLimits.syncAnswerMaxBytes - frameBytes;

/** Room in one answer, in bytes of JSON (over-estimated at three bytes a character, as UTF-8 needs at most for one code unit). */
export class AnswerRoom {
  #left: number;
  #isEmpty = true;

  constructor(maxBytes: number) {
    this.#left = maxBytes;
  }

  /** Takes room for `value` if there is some, or if it is the first: a single record always fits an answer. */
  take(value: unknown): boolean {
    // And the comma.
    const bytes = byteLength(value) + 1;
    if (bytes > this.#left && !this.#isEmpty) return false;
    this.#left -= bytes;
    this.#isEmpty = false;
    return true;
  }
}

/** As many of `values`, in their order, as there is room for; the first one always. */
export function fitting<T>(values: readonly T[], maxBytes: number): T[] {
  const room = new AnswerRoom(maxBytes);
  const refused = values.findIndex((value) => !room.take(value));
  return refused < 0 ? [...values] : values.slice(0, refused);
}

function byteLength(value: unknown): number {
  const text = JSON.stringify(value);
  return text.length + 2 * nonAsciiCount(text);
}

function nonAsciiCount(text: string): number {
  return text.match(/[^\0-\x7f]/g)?.length ?? 0;
}
