/** In memory that both threads see. 0: off; otherwise it counts down, and at 0 it happens. */
export const breakAt = { stopAfterSteps: 0, failAfterWrites: 1, thaw: 2 } as const;

/** Said before it stands still; nobody asked. */
export const stoppedAnswer = { id: -1, value: null };

/** `write`: one write of a batch; everything else that touches the files, and every answer, is `other`. */
export type Step = 'write' | 'other';

export function createBreaks(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

/** What is to become of the step that is about to be done. */
export function takeStep(breaks: Int32Array, step: Step): 'stop' | 'fail' | 'go on' {
  if (hasRunOut(breaks, breakAt.stopAfterSteps)) return 'stop';
  return step === 'write' && hasRunOut(breaks, breakAt.failAfterWrites) ? 'fail' : 'go on';
}

function hasRunOut(breaks: Int32Array, at: number): boolean {
  return Atomics.load(breaks, at) > 0 && Atomics.sub(breaks, at, 1) === 1;
}
