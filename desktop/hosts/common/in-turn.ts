/** Runs acts one after the other, whatever became of those before: starting, stopping and starting anew never overlap. */
export function createTurns(): (act: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
}
