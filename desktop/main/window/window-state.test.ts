import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOnDisplays, readWindowState, writeWindowState } from './window-state.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'parley-window-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('how the window was left', () => {
  it('is there again', () => {
    const state = { bounds: { x: -8, y: 20, width: 900, height: 700 }, isMaximized: true, zoomLevel: 1.5 };
    writeWindowState(join(folder, 'window.json'), state);
    expect(readWindowState(join(folder, 'window.json'), () => expect.unreachable())).toEqual(state);
  });

  it.each(['', '{', 'null', '[]', '{"isMaximized":1}', '{"isMaximized":true,"zoomLevel":1e9}'])(
    'counts as never kept where the file holds %j',
    (text) => {
      writeFileSync(join(folder, 'window.json'), text);
      expect(readWindowState(join(folder, 'window.json'), () => {})).toEqual({ isMaximized: false, zoomLevel: 0 });
    },
  );
});

describe('where the window goes', () => {
  const laptop = { x: 0, y: 30, width: 1440, height: 870 };
  const second = { x: 1440, y: 0, width: 1920, height: 1080 };

  it.each([
    ['where it was', { x: 100, y: 100, width: 900, height: 600 }, { x: 100, y: 100, width: 900, height: 600 }],
    ['back inside an edge', { x: 1000, y: 700, width: 900, height: 600 }, { x: 540, y: 300, width: 900, height: 600 }],
    ['below a menu bar', { x: 0, y: 0, width: 900, height: 600 }, { x: 0, y: 30, width: 900, height: 600 }],
    ['smaller than it was', { x: 0, y: 30, width: 3000, height: 2000 }, { x: 0, y: 30, width: 1440, height: 870 }],
    [
      'to the system, of a display that is gone',
      { x: 1500, y: 100, width: 900, height: 600 },
      { width: 900, height: 600 },
    ],
    ['to the system at first', undefined, { width: 1120, height: 760 }],
  ])('is %s', (_what, bounds, placed) => {
    expect(placeOnDisplays(bounds, [laptop])).toEqual(placed);
  });

  it('is on the display that shows most of it', () => {
    expect(placeOnDisplays({ x: 1300, y: 100, width: 900, height: 600 }, [laptop, second])).toMatchObject({
      x: 1440,
      y: 100,
    });
  });

  it('is always within a display', () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 6000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const placed = placeOnDisplays({ x, y, width, height }, [laptop, second]);
        const fits = [laptop, second].some((area) => {
          const { x: left = area.x, y: top = area.y, width: wide = 0, height: high = 0 } = placed;
          const isInside = left >= area.x && top >= area.y;
          return isInside && left + wide <= area.x + area.width && top + high <= area.y + area.height;
        });
        expect(fits).toBe(true);
      }),
    );
  });
});
