import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, screen } from 'electron';
import { appPageUrl } from '../app-origin.ts';
import type { Log } from '../log.ts';
import type { Theme } from '../../ipc/shell-api.ts';
import { platform } from '../system/platform.ts';
import { createWindow } from './create-window.ts';
import { lightsPosition, titleBar, titleBarOverlay, windowBackground } from './title-bar.ts';
import { placeOnDisplays, readWindowState, smallestSize, type WindowState, writeWindowState } from './window-state.ts';

const keepAfterMs = 500;
/** A click elsewhere takes the focus before it is told of. */
const focusEchoMs = 300;
const leastZoom = -3;
const mostZoom = 5;

export interface MainWindowOptions {
  preload: string;
  /** Told of the window before it loads. */
  onCreate(window: BrowserWindow): void;
  /** Whether closing only hides: the app goes on elsewhere, and `show` brings the window back. */
  staysWhenClosed(): boolean;
  /** It was closed, and stays. */
  onHidden(): void;
  log: Log;
}

/**
 * The window of the app: made when it is first shown, hidden when it is closed while the app stays, where the person left it.
 *
 *     none --show--> shown <--show, close--> hidden      any --close while quitting--> none
 */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #stateFile = join(app.getPath('userData'), 'window.json');
  readonly #state: WindowState;
  #window: BrowserWindow | undefined;
  #keepTimer: NodeJS.Timeout | undefined;
  #blurredAt = -Infinity;
  #theme: Theme = 'system';

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#state = readWindowState(this.#stateFile, (error) => {
      options.log('the place of the window could not be read', { error: String(error) });
    });
  }

  /** While there is one, hidden or not. */
  get window(): BrowserWindow | undefined {
    return this.#window;
  }

  /** Brings it to the front, from wherever it is. */
  show(): void {
    const window = this.#window;
    if (window === undefined) return this.#create();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Hides it where it is in front of the person, or was until they clicked, and otherwise shows it. */
  toggle(): void {
    const window = this.#window;
    const isInFront = window?.isFocused() || performance.now() - this.#blurredAt < focusEchoMs;
    if (window?.isVisible() && isInFront) window.hide();
    else this.show();
  }

  /** 0: as the system has it; otherwise larger or smaller than now. */
  zoom(step: -1 | 0 | 1): void {
    const wanted = step === 0 ? 0 : this.#state.zoomLevel + step / 2;
    this.#state.zoomLevel = Math.min(Math.max(wanted, leastZoom), mostZoom);
    this.#window?.webContents.setZoomLevel(this.#state.zoomLevel);
    this.#paint();
    this.#keep();
  }

  /** How much larger than usual its pages are shown. */
  get zoomFactor(): number {
    return 1.2 ** this.#state.zoomLevel;
  }

  /** What the system draws of it takes these colours. */
  showTheme(theme: Theme): void {
    this.#theme = theme;
    this.#paint();
  }

  get #isDark(): boolean {
    return this.#theme === 'system' ? nativeTheme.shouldUseDarkColors : this.#theme === 'dark';
  }

  readonly #paint = (): void => {
    const overlay = titleBarOverlay(platform, this.#isDark, this.zoomFactor);
    this.#window?.setBackgroundColor(windowBackground(this.#isDark));
    if (overlay === undefined) this.#window?.setWindowButtonPosition(lightsPosition(this.zoomFactor));
    else this.#window?.setTitleBarOverlay(overlay);
  };

  #create(): void {
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = createWindow(this.#options.preload, {
      ...placeOnDisplays(this.#state.bounds, workAreas),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      title: app.getName(),
      backgroundColor: windowBackground(this.#isDark),
      ...titleBar(platform, this.#isDark, this.zoomFactor),
      show: false,
    });
    this.#window = window;
    this.#options.onCreate(window);
    this.#follow(window);
    window.once('ready-to-show', () => {
      if (this.#state.isMaximized) window.maximize();
      window.show();
    });
    window.loadURL(appPageUrl).catch((error: unknown) => {
      this.#options.log('the window could not be loaded', { error: String(error) });
    });
  }

  #follow(window: BrowserWindow): void {
    const noteSoon = () => {
      clearTimeout(this.#keepTimer);
      this.#keepTimer = setTimeout(() => this.#note(window), keepAfterMs);
    };
    nativeTheme.on('updated', this.#paint);
    window.on('resize', noteSoon);
    window.on('move', noteSoon);
    window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(this.#state.zoomLevel));
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#options.log('the page is gone', { reason });
      if (reason !== 'clean-exit') window.webContents.reload();
    });
    window.on('blur', () => {
      this.#blurredAt = performance.now();
    });
    window.on('close', (event) => {
      clearTimeout(this.#keepTimer);
      this.#note(window);
      if (!this.#options.staysWhenClosed()) return;
      event.preventDefault();
      window.hide();
      this.#options.onHidden();
    });
    window.on('closed', () => {
      nativeTheme.off('updated', this.#paint);
      this.#window = undefined;
    });
  }

  #note(window: BrowserWindow): void {
    this.#state.bounds = window.getNormalBounds();
    this.#state.isMaximized = window.isMaximized();
    this.#keep();
  }

  #keep(): void {
    try {
      writeWindowState(this.#stateFile, this.#state);
    } catch (error) {
      this.#options.log('the place of the window could not be kept', { error: String(error) });
    }
  }
}
