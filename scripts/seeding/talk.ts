const words = 'side door key hall folder noon staple bring the second third voice never before after rehearsal'.split(
  ' ',
);

/** The same text for the same number, from one word to a few lines. */
export function textOf(number: number): string {
  const length = 1 + ((number * 7_919) % 31) * (number % 11 === 0 ? 3 : 1);
  const said = Array.from(
    { length },
    (_, index) => words[(number * 31 + index * 17 + ((number * index) % 7)) % words.length],
  );
  return `${number}. ${said.join(' ')}`;
}

/** Of two who talk, a few lines by one before the other answers: which of them says this one. */
export function speakerOf(number: number): 0 | 1 {
  return Math.floor((number * 5) / 13) % 2 === 0 ? 0 : 1;
}

/** Milliseconds between two lines. */
export const lineEveryMs = 90_000;
