import type { Rectangle } from 'electron';
import { z } from 'zod';
import { readJson, writeJson } from '../settings/kept-json.ts';

const size = z.number().min(1).max(100_000);
const place = z.number().min(-100_000).max(100_000);
const windowStateSchema = z.object({
  bounds: z.object({ x: place, y: place, width: size, height: size }).optional(),
  isMaximized: z.boolean(),
  zoomLevel: z.number().min(-3).max(5),
});

/** How the person left the window. */
export type WindowState = z.infer<typeof windowStateSchema>;

export const smallestSize = { width: 360, height: 480 };
const firstSize = { width: 1120, height: 760 };
const firstState: WindowState = { isMaximized: false, zoomLevel: 0 };

/** What was kept; anything unreadable, or out of bounds, counts as never kept. */
export function readWindowState(file: string, onUnreadable: (error: unknown) => void): WindowState {
  return windowStateSchema.safeParse(readJson(file, onUnreadable)).data ?? { ...firstState };
}

export function writeWindowState(file: string, state: WindowState): void {
  writeJson(file, state);
}

/**
 * Where the window goes: where it was, moved and shrunk so that it lies within a display that is there now. Without a place, or on a
 * display that is gone, the system places it.
 */
export function placeOnDisplays(bounds: Rectangle | undefined, workAreas: Rectangle[]): Partial<Rectangle> {
  if (bounds === undefined) return firstSize;
  const area = workAreas
    .map((candidate) => ({ candidate, shared: sharedArea(bounds, candidate) }))
    .filter(({ shared }) => shared > 0)
    .toSorted((one, other) => other.shared - one.shared)[0]?.candidate;
  const fitting = area ?? workAreas[0];
  if (fitting === undefined) return firstSize;
  const width = Math.min(bounds.width, fitting.width);
  const height = Math.min(bounds.height, fitting.height);
  if (area === undefined) return { width, height };
  return {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function sharedArea(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}
