import { EventEmitter } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { imitation, type Imitates, mayHappen } from './imitation.ts';
import { onDriver, toDriver } from './pipe.ts';
import { windows } from './windows.ts';

export interface AppStart {
  appPath: string;
  name: string;
  version: string;
}

class HostApp extends EventEmitter {
  isPackaged = false;
  isSandboxed = false;
  name = 'Electron';
  badgeCount = 0;
  private version = '0';
  private appPath = process.cwd();
  private readonly ready = Promise.withResolvers<void>();
  private hasBecomeReady = false;
  private isQuitting = false;
  private readonly paths = new Map<string, string>();
  private loginItem = { openAtLogin: false };
  private readonly protocols = new Set<string>();

  whenReady = () => this.ready.promise;
  isReady = () => this.hasBecomeReady;
  getName = () => this.name;
  getVersion = () => this.version;
  getAppPath = () => this.appPath;
  getLocale = () => 'en-US';
  getSystemLocale = () => 'en-US';
  getPreferredSystemLanguages = () => ['en-US'];
  setAppUserModelId = () => undefined;
  setAboutPanelOptions = () => undefined;
  getBadgeCount = () => this.badgeCount;
  getLoginItemSettings = () => ({ ...this.loginItem }) as Electron.LoginItemSettings;
  isDefaultProtocolClient = (scheme: string) => this.protocols.has(scheme);
  focus = () => windows.all()[0]?.focus();

  start({ appPath, name, version }: AppStart): void {
    Object.assign(this, { appPath, name, version });
    const userData = process.argv.find((word) => word.startsWith('--user-data-dir='))?.split('=')[1];
    const home = userData ?? join(homedir(), '.config', name);
    mkdirSync(home, { recursive: true });
    const places = { userData: home, sessionData: home, logs: join(home, 'logs'), crashDumps: join(home, 'Crashpad') };
    const system = { home: homedir(), appData: join(homedir(), '.config'), temp: tmpdir(), exe: process.execPath };
    for (const [key, path] of Object.entries({ ...places, ...system })) this.paths.set(key, path);
  }

  becomeReady(): void {
    this.hasBecomeReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.ready.resolve();
  }

  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  enableSandbox(): void {
    if (this.hasBecomeReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxed = true;
  }

  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.loginItem = { ...this.loginItem, ...settings };
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.protocols.add(scheme);
    return true;
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.protocols.delete(scheme);
  }

  requestSingleInstanceLock(data?: Record<PropertyKey, unknown>): boolean {
    const file = join(this.getPath('userData'), 'SingletonLock');
    try {
      const lock = openSync(file, 'wx');
      writeSync(lock, String(process.pid));
      closeSync(lock);
      process.on('exit', () => rmSync(file, { force: true }));
      return true;
    } catch {
      if (!isRunning(Number(readFileSync(file, 'utf8')))) {
        rmSync(file, { force: true });
        return this.requestSingleInstanceLock(data);
      }
      toDriver({ kind: 'second-instance', argv: process.argv, workingDirectory: process.cwd(), data: data ?? null });
      return false;
    }
  }

  quit(): void {
    if (this.isQuitting || !mayHappen(this, 'before-quit')) return;
    this.isQuitting = true;
    for (const window of windows.all()) window.close();
    if (windows.all().length > 0) this.isQuitting = false;
    else this.quitWithoutWindows();
  }

  /** Told by the last window. */
  onAllWindowsClosed(): void {
    if (this.isQuitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }

  private quitWithoutWindows(): void {
    if (mayHappen(this, 'will-quit')) this.exit(0);
    else this.isQuitting = false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const hostApp = new HostApp();
hostApp satisfies Imitates<HostApp, Electron.App>;

onDriver((message) => {
  if (message.kind !== 'second-instance') return;
  hostApp.emit('second-instance', {}, message.argv, message.workingDirectory, message.data);
});
process.on('SIGTERM', () => hostApp.quit());

export const app = imitation('app', hostApp);
