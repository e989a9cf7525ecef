const everybody = ['all', 'everyone', 'alle'];
const letter = String.raw`[\p{L}\p{M}\p{N}]`;

/** A part of a text: from `start` up to, not including, `end`, as `slice` takes them. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Where a text calls somebody by name: `@` at the start of a word, followed by their whole name or its first word, or by a word that
 * calls everybody. Capitals make no difference; "@Ann" does not call Anna.
 */
export function findMentions(text: string, name: string): Span[] {
  if (!text.includes('@')) return [];
  const words = name.trim().split(/\s+/u).map(escaped);
  const called = [words.join(String.raw`\s+`), words[0] ?? '', ...everybody]
    .filter((one) => one !== '')
    .flatMap((one) => [one.normalize('NFC'), one.normalize('NFD')]);
  const mention = new RegExp(`(?<!${letter})@(?:${called.join('|')})(?!${letter})`, 'giu');
  return [...text.matchAll(mention)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
}

export function mentionsPerson(text: string, name: string): boolean {
  return findMentions(text, name).length > 0;
}

function escaped(word: string): string {
  return word.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);
}
