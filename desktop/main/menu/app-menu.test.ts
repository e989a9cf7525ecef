import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { shortcuts } from '../../renderer/client/shortcuts.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { appMenu, menuCommands } from './app-menu.ts';

function itemsOf(isMac: boolean, words = en, command: (name: string) => void = () => {}) {
  const template = appMenu({ words, appName: 'Parley', isMac, isPackaged: true, zoom() {}, command });
  const all = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
  return all(template);
}

test('what is done in the page is a shortcut of the page, with the same keys', () => {
  const inMenu = Object.entries(menuCommands).map(([name, keys]) => [
    name,
    keys.replace('CmdOrCtrl', '$mod').replace('Up', 'ArrowUp').replace('Down', 'ArrowDown').toLowerCase(),
  ]);
  const inPage = Object.entries(shortcuts)
    .filter(([name]) => Object.hasOwn(menuCommands, name))
    .map(([name, { keys }]) => [name, keys.replace('[Shift]+', '').toLowerCase()]);
  expect(Object.fromEntries(inMenu)).toEqual(Object.fromEntries(inPage));
});

test.each([true, false])(
  'on macOS (%s) every one of them stands in the menu once, and leaves the keys to the page',
  (isMac) => {
    const commanded: string[] = [];
    for (const item of itemsOf(isMac, en, (name) => void commanded.push(name))) {
      if (item.registerAccelerator === false) (item.click as () => void)();
    }
    expect(commanded.toSorted()).toEqual(Object.keys(menuCommands).toSorted());
  },
);

test('every entry has words, in every language', () => {
  for (const words of [en, de]) {
    const wordless = itemsOf(true, words).filter(({ type, label }) => type !== 'separator' && !label);
    expect(wordless).toEqual([]);
  }
});
