import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { imitation, type Imitates } from './imitation.ts';
import { nativeRecord } from './native-record.ts';
import { windows } from './windows.ts';

type Template = Electron.MenuItemConstructorOptions;

/** The roles that do something without a system; the others belong to Chromium and the desktop. */
const roleActions: Record<string, () => void> = {
  quit: () => app.quit(),
  close: () => windows.focused?.close(),
  minimize: () => windows.focused?.minimize(),
  reload: () => windows.focused?.webContents.reload(),
};

class HostMenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: unknown;
  readonly submenu: HostMenu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  private readonly onClick: Template['click'];

  constructor(options: Template) {
    const { id = '', role, submenu, label = '', enabled = true, visible = true, checked = false, click } = options;
    this.id = id;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.role = role?.toLowerCase();
    this.accelerator = options.accelerator;
    this.submenu =
      submenu === undefined
        ? undefined
        : Array.isArray(submenu)
          ? HostMenu.buildFromTemplate(submenu)
          : (submenu as never);
    this.label = label;
    this.enabled = enabled;
    this.visible = visible;
    this.checked = checked;
    this.onClick = click;
  }

  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.onClick) return this.onClick(this as never, windows.focused as never, {} as never);
    const act = roleActions[this.role ?? ''];
    if (act === undefined) throw new Error(`The stand-in does not imitate the role ${String(this.role)}`);
    act();
  }
}

class HostMenu extends EventEmitter {
  readonly items: HostMenuItem[] = [];
  private static application: HostMenu | null = null;

  static buildFromTemplate(template: (Template | Electron.MenuItem)[]): HostMenu {
    const menu = new HostMenu();
    for (const item of template) menu.append(item instanceof HostMenuItem ? item : new HostMenuItem(item as Template));
    return menu;
  }

  static setApplicationMenu(menu: HostMenu | null): void {
    HostMenu.application = menu;
  }

  static getApplicationMenu = () => HostMenu.application;

  append(item: HostMenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): HostMenuItem | null {
    const below = this.items.map((item) => item.submenu?.getMenuItemById(id));
    return this.items.find((item) => item.id === id) ?? below.find(Boolean) ?? null;
  }

  popup(): void {
    nativeRecord.popup = this as unknown as Electron.Menu;
  }

  closePopup(): void {
    nativeRecord.popup = undefined;
    this.emit('menu-will-close');
  }
}

type Nested = 'items' | 'append' | 'getMenuItemById';
((menu: HostMenu) => menu satisfies Imitates<HostMenu, Electron.Menu, Nested>) satisfies unknown;

export const Menu = imitation('Menu', HostMenu);
export const MenuItem = imitation('MenuItem', HostMenuItem);
