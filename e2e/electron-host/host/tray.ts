import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { imitation, type Imitates } from './imitation.ts';
import { nativeRecord } from './native-record.ts';

/** Recorded, so that specs can look at it and click it. */
class HostTray extends EventEmitter {
  image: unknown;
  toolTip = '';
  title = '';
  menu: Electron.Menu | null = null;
  private isGone = false;

  constructor(image: unknown) {
    super();
    this.image = image;
    const self = imitation('Tray', this);
    nativeRecord.trays.push(self as unknown as Electron.Tray);
    return self;
  }

  isDestroyed = () => this.isGone;
  getTitle = () => this.title;
  getBounds = () => ({ x: 0, y: 0, width: 22, height: 22 });
  setIgnoreDoubleClickEvents = () => undefined;
  setPressedImage = () => undefined;

  setImage(image: unknown): void {
    this.image = image;
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.menu = menu;
  }

  popUpContextMenu(menu?: Electron.Menu): void {
    nativeRecord.popup = menu ?? this.menu ?? undefined;
  }

  destroy(): void {
    this.isGone = true;
    nativeRecord.trays = nativeRecord.trays.filter((tray) => !tray.isDestroyed());
  }
}

((tray: HostTray) => tray satisfies Imitates<HostTray, Electron.Tray>) satisfies unknown;
export const Tray = imitation('Tray', HostTray);
