import type { ChildProcess } from 'node:child_process';
import type { ToDriver, ToHost } from '../messages.ts';

/** The driver's end of the pipe to the app's process. */
export class ProcessPipe {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, hear: (message: ToDriver) => void) {
    this.#child = child;
    child.on('message', (message) => hear(message as ToDriver));
  }

  /** Lost when the process has ended, like everything in it. */
  post(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
