import { constants } from 'node:os';

/**
 * How a process ended, in one number: its exit code, or 128 and the signal's number, as shells have it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export const exitStatus = (code, signal) => code ?? 128 + (signal ? constants.signals[signal] : 0);
