import type { ToDriver, ToHost } from '../messages.ts';

type Listener = (message: ToHost) => void;
const listeners = new Set<Listener>();

process.on('message', (message: ToHost) => {
  for (const listener of listeners) listener(message);
});
// Without its driver nobody can see or end the app.
process.on('disconnect', () => process.exit(1));

export function toDriver(message: ToDriver): void {
  process.send?.(message);
}

export function onDriver(listener: Listener): void {
  listeners.add(listener);
}
