import type { HostWindow } from './browser-window.ts';

const open = new Map<number, HostWindow>();
let lastId = 0;

/** Every window that is not destroyed, and which of them has the focus. */
export const windows = {
  focused: undefined as HostWindow | undefined,
  nextId: () => (lastId += 1),
  all: () => [...open.values()],
  byId: (id: number) => open.get(id),
  add: (window: HostWindow) => open.set(window.id, window),
  remove: (window: HostWindow) => open.delete(window.id),
};
