import { expect, test, vi } from 'vitest';
import { TrayKeeper } from './tray-keeper.ts';

/** Time passes as soon as somebody waits for it, until `endMs`. */
function keeperOn(desktop: { hasPanel: boolean; panelComesAfterMs?: number }, endMs = Infinity) {
  const icons: { isShown: boolean; refreshed: number }[] = [];
  let changes = 0;
  let passedMs = 0;
  const keeper = new TrayKeeper({
    isThere: async () => desktop.hasPanel || passedMs >= (desktop.panelComesAfterMs ?? Infinity),
    create() {
      const icon = { isShown: true, refreshed: 0 };
      icons.push(icon);
      return {
        refresh: () => void (icon.refreshed += 1),
        destroy: () => void (icon.isShown = false),
      };
    },
    onChanged: () => void (changes += 1),
    pause: (ms) => {
      passedMs += ms;
      return passedMs < endMs ? Promise.resolve() : new Promise(() => {});
    },
  });
  return { keeper, icons, changes: () => changes, passedMs: () => passedMs };
}

test('there is one icon, as long as there is a tray', async () => {
  const desktop = { hasPanel: true };
  const { keeper, icons, changes } = keeperOn(desktop);
  expect([await keeper.look(), await keeper.look()]).toEqual([true, true]);
  keeper.refresh();
  expect(icons).toEqual([{ isShown: true, refreshed: 1 }]);
  desktop.hasPanel = false;
  expect(await keeper.look()).toBe(false);
  expect(keeper.hasTray).toBe(false);
  keeper.refresh();
  expect(icons).toEqual([{ isShown: false, refreshed: 1 }]);
  expect(changes()).toBe(2);
});

test('a panel that comes after the app is waited for', async () => {
  const { keeper, passedMs } = keeperOn({ hasPanel: false, panelComesAfterMs: 5000 });
  expect(await keeper.waitFor()).toBe(true);
  expect(passedMs()).toBe(7000);
});

test('a panel that never comes is not waited for for ever', async () => {
  const { keeper, icons, passedMs } = keeperOn({ hasPanel: false });
  expect(await keeper.waitFor()).toBe(false);
  expect(icons).toEqual([]);
  expect(passedMs()).toBeLessThan(30_000);
});

test('a panel that comes much later gets its icon', async () => {
  const { keeper, icons } = keeperOn({ hasPanel: false, panelComesAfterMs: 3_600_000 }, 3_660_000);
  expect(await keeper.waitFor()).toBe(false);
  void keeper.follow();
  await vi.waitFor(() => expect(icons).toEqual([{ isShown: true, refreshed: 0 }]));
});
