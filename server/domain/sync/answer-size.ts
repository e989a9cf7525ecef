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

function byteLength(value: unknown): number {
  const text = JSON.stringify(value);
  return text.length + 2 * nonAsciiCount(text);
}

function nonAsciiCount(text: string): number {
  return text.match(/[^\0-\x7f]/g)?.length ?? 0;
}
