import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from '../words/en.ts';

/** Named as in the page's registry of shortcuts. */
export const menuCommands = {
  settings: 'CmdOrCtrl+,',
  switcher: 'CmdOrCtrl+K',
  previousConversation: 'Alt+Up',
  nextConversation: 'Alt+Down',
  previousUnread: 'Alt+Shift+Up',
  nextUnread: 'Alt+Shift+Down',
  sheet: 'CmdOrCtrl+/',
} as const;

export type MenuCommand = keyof typeof menuCommands;

export interface AppMenuOptions {
  words: Words;
  appName: string;
  isMac: boolean;
  /** Shows what only developers look at. */
  isPackaged: boolean;
  zoom(step: -1 | 0 | 1): void;
  /** Does in the page what the shortcut of this name does. */
  command(name: MenuCommand): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The menu of the app, for `Menu.buildFromTemplate`. Roles bring what each system expects of them. */
export function appMenu({
  words,
  appName,
  isMac,
  isPackaged,
  zoom,
  command,
}: AppMenuOptions): MenuItemConstructorOptions[] {
  const macOnly = (...items: MenuItemConstructorOptions[]) => (isMac ? items : []);
  /** The page hears the keys by itself; here they are only written. */
  const inPage = (label: string, name: MenuCommand): MenuItemConstructorOptions => ({
    label,
    accelerator: menuCommands[name],
    registerAccelerator: false,
    click: () => command(name),
  });
  const developersOnly = (...items: MenuItemConstructorOptions[]) => (isPackaged ? [] : items);
  return [
    ...macOnly({
      label: appName,
      submenu: [
        { role: 'about', label: words.about },
        separator,
        inPage(words.settings, 'settings'),
        separator,
        { role: 'services', label: words.services },
        separator,
        { role: 'hide', label: words.hide },
        { role: 'hideOthers', label: words.hideOthers },
        { role: 'unhide', label: words.showAll },
        separator,
        { role: 'quit', label: words.quit },
      ],
    }),
    {
      label: words.file,
      submenu: [
        ...(isMac ? [] : [inPage(words.settings, 'settings'), separator]),
        { role: 'close', label: words.close },
        ...(isMac ? [] : [separator, { role: 'quit', label: words.quit, accelerator: 'CmdOrCtrl+Q' } as const]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'pasteAndMatchStyle', label: words.pasteAsText },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { label: words.actualSize, accelerator: 'CmdOrCtrl+0', click: () => zoom(0) },
        { label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => zoom(1) },
        // The plus without Shift, as most keyboards have it.
        { label: words.zoomIn, accelerator: 'CmdOrCtrl+=', click: () => zoom(1), visible: false },
        { label: words.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => zoom(-1) },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
        ...developersOnly(
          separator,
          { role: 'reload', label: words.reload },
          { role: 'toggleDevTools', label: words.developerTools },
        ),
      ],
    },
    {
      label: words.go,
      submenu: [
        inPage(words.findConversation, 'switcher'),
        separator,
        inPage(words.previousConversation, 'previousConversation'),
        inPage(words.nextConversation, 'nextConversation'),
        inPage(words.previousUnread, 'previousUnread'),
        inPage(words.nextUnread, 'nextUnread'),
      ],
    },
    {
      label: words.window,
      role: 'windowMenu',
      submenu: [
        { role: 'minimize', label: words.minimize },
        ...macOnly(separator, { role: 'front', label: words.bringToFront }),
      ],
    },
    {
      label: words.help,
      role: 'help',
      submenu: [
        inPage(words.shortcuts, 'sheet'),
        ...(isMac ? [] : [separator, { role: 'about', label: words.about } as const]),
      ],
    },
  ];
}
