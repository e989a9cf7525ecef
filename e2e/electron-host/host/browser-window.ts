import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { imitation, type Imitates, mayHappen } from './imitation.ts';
import { toDriver } from './pipe.ts';
import { HostWebContents } from './web-contents.ts';
import { windows } from './windows.ts';

type Options = Electron.BrowserWindowConstructorOptions;

/** A page of Chromium, with everything a window manager would know of it kept here. */
export class HostWindow extends EventEmitter {
  readonly id = windows.nextId();
  readonly webContents: HostWebContents;
  overlay: { icon: Electron.NativeImage | null; description: string } | undefined;
  isFlashing = false;
  private bounds: Electron.Rectangle;
  private title: string;
  private isShown: boolean;
  private isSmall = false;
  private isLarge = false;
  private isFull = false;
  private isGone = false;

  constructor(options: Options = {}) {
    super();
    const { x = 80, y = 60, width = 800, height = 600, show = true, title = app.getName() } = options;
    this.bounds = { x, y, width, height };
    this.title = title;
    this.isShown = show;
    const self = imitation('BrowserWindow', this);
    this.webContents = imitation('webContents', new HostWebContents(this.id, self, options.webPreferences ?? {}));
    windows.add(self);
    toDriver({ kind: 'open-page', window: this.id, scripts: this.webContents.scripts(), width, height });
    if (show) queueMicrotask(() => self.focus());
    app.emit('browser-window-created', {}, self);
    app.emit('web-contents-created', {}, this.webContents);
    return self;
  }

  static getAllWindows = () => windows.all();
  static getFocusedWindow = () => windows.focused ?? null;
  static fromId = (id: number) => windows.byId(id) ?? null;
  static fromWebContents = (page: unknown) => windows.all().find(({ webContents }) => webContents === page) ?? null;

  isDestroyed = () => this.isGone;
  isVisible = () => this.isShown;
  isFocused = () => windows.focused?.id === this.id;
  isMinimized = () => this.isSmall;
  isMaximized = () => this.isLarge;
  isFullScreen = () => this.isFull;
  getTitle = () => this.title;
  getBounds = () => ({ ...this.bounds });
  getNormalBounds = () => ({ ...this.bounds });
  loadURL = (url: string) => this.webContents.loadURL(url);
  setMenuBarVisibility = () => undefined;
  setBackgroundColor = () => undefined;
  setTitleBarOverlay = () => undefined;
  moveTop = () => undefined;

  setTitle(title: string): void {
    this.title = title;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.bounds;
    this.bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.bounds;
    if (width !== before.width || height !== before.height) {
      toDriver({ kind: 'resize-page', window: this.id, width, height });
      this.emit('resize');
    }
    if (x !== before.x || y !== before.y) this.emit('move');
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.isShown) return;
    this.isShown = true;
    this.emit('show');
    this.tellState();
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.blur();
    this.emit('hide');
    this.tellState();
  }

  focus(): void {
    if (!this.isShown || this.isSmall || this.isFocused()) return;
    windows.focused?.blur();
    windows.focused = windows.byId(this.id);
    this.tellState();
    this.emit('focus');
    app.emit('browser-window-focus', {}, windows.focused);
  }

  blur(): void {
    if (!this.isFocused()) return;
    windows.focused = undefined;
    this.tellState();
    this.emit('blur');
    app.emit('browser-window-blur', {}, windows.byId(this.id));
  }

  minimize(): void {
    if (this.isSmall) return;
    this.isSmall = true;
    this.blur();
    this.emit('minimize');
    this.tellState();
  }

  restore(): void {
    if (!this.isSmall) return;
    this.isSmall = false;
    this.emit('restore');
    this.focus();
  }

  maximize(): void {
    this.isLarge = true;
    this.showInactive();
    this.emit('maximize');
  }

  unmaximize(): void {
    this.isLarge = false;
    this.emit('unmaximize');
  }

  setFullScreen(isFull: boolean): void {
    this.isFull = isFull;
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }

  setOverlayIcon(icon: Electron.NativeImage | null, description: string): void {
    this.overlay = { icon, description };
  }

  flashFrame(isFlashing: boolean): void {
    this.isFlashing = isFlashing;
  }

  close(): void {
    if (!this.isGone && mayHappen(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.isGone) return;
    const self = windows.byId(this.id);
    this.blur();
    this.isGone = true;
    if (self) windows.remove(self);
    toDriver({ kind: 'close-page', window: this.id });
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (windows.all().length === 0) app.onAllWindowsClosed();
  }

  /** What the page believes of its window. */
  tellState(): void {
    const isVisible = this.isShown && !this.isSmall;
    this.webContents.tell({ say: 'state', isVisible, isFocused: this.isFocused() });
  }
}

type Checked = Imitates<HostWindow, Electron.BrowserWindow, 'webContents'>;
((window: HostWindow) => window satisfies Checked) satisfies unknown;
