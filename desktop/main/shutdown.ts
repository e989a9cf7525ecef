import { type App, autoUpdater, powerMonitor } from 'electron';
import type { Log } from './log.ts';
import type { RunningEngine } from './run-engine.ts';

type Closable = Pick<RunningEngine, 'close'>;

/** The longest a person waits for a store that does not answer; whatever was told to be kept is kept by then. */
const patienceMs = 5000;

/**
 * Nothing ends before the engine has stored what is on its way.
 *
 *     running --before-quit, before-quit-for-update--> quitting --will-quit--> closing --engine closed, or out of patience--> gone
 */
export function closeBeforeQuitting(app: App, engine: Closable, log: Log): { hasBegun(): boolean } {
  let hasBegun = false;
  let closing: Promise<void> | undefined;
  const begin = () => {
    hasBegun = true;
  };
  app.on('before-quit', begin);
  // Whatever installs an update closes the windows first.
  autoUpdater.on('before-quit-for-update', begin);
  app.on('will-quit', (event) => {
    event.preventDefault();
    closing ??= closeInTime(engine, log).finally(() => app.exit(0));
  });
  // The system waits for whoever asks it to. Electron's types leave the event out.
  (powerMonitor as NodeJS.EventEmitter).on('shutdown', (event: { preventDefault(): void }) => {
    event.preventDefault();
    app.quit();
  });
  return { hasBegun: () => hasBegun };
}

async function closeInTime(engine: Closable, log: Log): Promise<void> {
  const { promise: outOfPatience, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('the store did not answer')), patienceMs);
  try {
    await Promise.race([engine.close(), outOfPatience]);
  } catch (error) {
    log('the engine did not close', { error: String(error) });
  } finally {
    clearTimeout(timer);
  }
}
