import { type BrowserWindow, clipboard, Menu } from 'electron';
import type { Words } from '../words/en.ts';
import { contextMenu } from './context-menu.ts';

/** Also for Shift+F10 and the menu key, which the page tells alike. */
export function showContextMenus(window: BrowserWindow, words: Words): void {
  const page = window.webContents;
  page.on('context-menu', (_event, place) => {
    const items = contextMenu(place, {
      words,
      replaceMisspelling: (word) => page.replaceMisspelling(word),
      learnWord: (word) => void page.session.addWordToSpellCheckerDictionary(word),
      copyText: (text) => void clipboard.writeText(text),
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
