import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import { type PageScripts, pageScripts } from '../page/page-scripts.ts';
import { decode, encode } from '../page/codec.ts';
import type { HostWord, PageWord } from '../page/preload-world.ts';
import type { HostWindow } from './browser-window.ts';
import { imitation, type Imitates, mayHappen } from './imitation.ts';
import { hearFromPage } from './ipc-main.ts';
import { grantedTo } from './permissions.ts';
import { onDriver, toDriver } from './pipe.ts';
import { inApp, inChromium } from './schemes.ts';
import { defaultSession, type HostSession } from './session.ts';
import { windows } from './windows.ts';

/** A frame, as the sender of a message. */
interface HostFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: HostFrame | null;
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null';
}

export class HostWebContents extends EventEmitter {
  readonly id: number;
  readonly session: HostSession = defaultSession;
  readonly mainFrame: HostFrame;
  private readonly window: HostWindow;
  private readonly preferences: Electron.WebPreferences;
  private url = '';
  private zoomLevel = 0;
  private loading: { resolve(): void; reject(reason: Error): void } | undefined;
  private openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined;

  constructor(id: number, window: HostWindow, preferences: Electron.WebPreferences) {
    super();
    this.id = id;
    this.window = window;
    this.preferences = preferences;
    const urlNow = () => this.url;
    this.mainFrame = imitation('webFrameMain', {
      parent: null,
      get url() {
        return urlNow();
      },
      get origin() {
        return originOf(urlNow());
      },
    });
  }

  isDestroyed = () => this.window.isDestroyed();
  isFocused = () => this.window.isFocused();
  getURL = () => this.url;
  getLastWebPreferences = () => this.preferences;
  getZoomLevel = () => this.zoomLevel;
  setVisualZoomLevelLimits = () => Promise.resolve();
  replaceMisspelling = () => undefined;

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.openHandler = handler;
  }

  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }

  send(channel: string, ...words: unknown[]): void {
    this.tell({ say: 'send', channel, words });
  }

  loadURL(url: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.loading = { resolve, reject };
    toDriver({ kind: 'load-page', window: this.id, url: inChromium(url) });
    return promise;
  }

  reload(): void {
    void this.loadURL(this.url).catch(() => undefined);
  }

  /** What the driver has to run in every document of this page. */
  scripts(): PageScripts {
    const { preload } = this.preferences;
    return pageScripts(preload === undefined ? '' : readFileSync(preload, 'utf8'), process.platform);
  }

  tell(word: HostWord): void {
    let copy: HostWord;
    try {
      copy = structuredClone(word);
    } catch {
      throw new Error('Failed to serialize arguments');
    }
    if (!this.isDestroyed()) toDriver({ kind: 'tell-page', window: this.id, text: encode(copy) });
  }

  /** Whether the page may go there: asked only of what the page itself began. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const details = { url, isMainFrame, isSameDocument: false, frame: this.mainFrame };
    const mayFrame = mayHappen(this, 'will-frame-navigate', details);
    return isMainFrame ? mayHappen(this, 'will-navigate', details, url) && mayFrame : mayFrame;
  }

  onNavigated(url: string): void {
    this.url = url;
    toDriver({ kind: 'grant', url: inChromium(url), permissions: grantedTo(this, this.session) });
    this.emit('did-navigate', {}, url, 200, 'OK');
  }

  onLoaded(failure: string | undefined): void {
    const loading = this.loading;
    this.loading = undefined;
    if (failure !== undefined) {
      this.emit('did-fail-load', {}, -2, failure, this.url, true);
      loading?.reject(new Error(failure));
      return;
    }
    this.emit('dom-ready');
    this.emit('did-finish-load');
    this.window.emit('ready-to-show');
    loading?.resolve();
  }

  onSaid(text: string, { url, isMain }: { url: string; isMain: boolean }): void {
    const word = decode(text) as PageWord;
    switch (word.say) {
      case 'ready':
        return this.window.tellState();
      case 'open':
        return this.onOpens(word.url);
      case 'context-menu':
        return void this.emit('context-menu', {}, word.place);
      default:
        return hearFromPage(word, this, isMain ? this.mainFrame : this.frameAt(inApp(url)));
    }
  }

  onOpens(url: string): void {
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab' } as Electron.HandlerDetails;
    if (this.openHandler?.(details).action !== 'deny')
      throw new Error('The stand-in does not imitate windows of pages');
  }

  private frameAt(url: string): HostFrame {
    return { url, origin: originOf(url), parent: this.mainFrame };
  }
}

type Nested = 'session' | 'mainFrame';
((page: HostWebContents) => page satisfies Imitates<HostWebContents, Electron.WebContents, Nested>) satisfies unknown;

onDriver((message) => {
  if (!('window' in message)) return;
  const window = windows.byId(message.window);
  const page = window?.webContents;
  switch (message.kind) {
    case 'page-said':
      return page?.onSaid(message.text, message.frame);
    case 'page-navigated':
      return page?.onNavigated(inApp(message.url));
    case 'page-loaded':
      return page?.onLoaded(message.failure);
    case 'page-opens':
      return page?.onOpens(inApp(message.url));
    case 'page-closing':
      return window?.close();
    case 'page-crashed':
      return void page?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }
});
