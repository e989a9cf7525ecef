import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Tells what went wrong; never with a person's words, secrets or addresses in it. */
export type Log = (event: string, details?: Record<string, unknown>) => void;

const maxBytes = 1024 * 1024;

/** One JSON object a line in `main.log`; the file before it is kept as `main.old.log`. A full disk is no reason to fail. */
export function createFileLog(folder: string, now: () => Date = () => new Date()): Log {
  const file = join(folder, 'main.log');
  return (event, details) => {
    const line = `${JSON.stringify({ at: now().toISOString(), event, ...details })}\n`;
    try {
      mkdirSync(folder, { recursive: true });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes)
        renameSync(file, join(folder, 'main.old.log'));
      appendFileSync(file, line, { mode: 0o600 });
    } catch (error) {
      console.error(line, error);
    }
  };
}
