const everybody = new Set(['all', 'everyone', 'alle']);

/**
 * Whether a text calls somebody by name: `@` at the start of a word, followed by their whole name or its first word, or by a word that
 * calls everybody. Capitals make no difference; "@Ann" does not call Anna.
 */
export function mentionsPerson(text: string, name: string): boolean {
  if (!text.includes('@')) return false;
  const wanted = fold(name);
  const folded = fold(text);
  for (const { index } of folded.matchAll(/(?<![\p{L}\p{N}])@/gu)) {
    const called = folded.slice(index + 1);
    if (startsWithName(called, wanted) || startsWithName(called, wanted.split(' ')[0] ?? '')) return true;
    if (everybody.has(/^[\p{L}\p{N}]*/u.exec(called)?.[0] ?? '')) return true;
  }
  return false;
}

function startsWithName(called: string, name: string): boolean {
  return name !== '' && called.startsWith(name) && !/^[\p{L}\p{N}]/u.test(called.slice(name.length));
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}
