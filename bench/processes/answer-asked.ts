/** One question of the process that measures, and its answer. */
export interface Asked {
  number: number;
  name: string;
  argument: unknown;
}
export interface Answered {
  number: number;
  answer?: unknown;
  error?: string;
}

// A type and not an interface: only so is it a record of functions to whoever asks.
// oxlint-disable-next-line typescript/no-explicit-any -- each function has its own argument, which `Ask` pairs with its name
export type Answers = Record<string, (argument: any) => unknown>;

/** The far end of `startProcess`: answers what is asked over the channel to the parent, and ends with it. */
export function answerAsked(answers: Answers): void {
  process.on('message', (asked: Asked) => {
    const { number, name, argument } = asked;
    const reply = (answered: Omit<Answered, 'number'>) => process.send?.({ number, ...answered });
    const answer = async (): Promise<unknown> => answers[name]?.(argument);
    answer().then(
      (answered) => reply({ answer: answered }),
      (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
