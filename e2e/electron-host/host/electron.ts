// What the app gets when it imports `electron`.
import type Electron from 'electron';
import { HostWindow } from './browser-window.ts';
import { imitation, notImitated } from './imitation.ts';

export { app } from './app.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { Notification } from './notification.ts';
export { protocol, session } from './session.ts';
export { autoUpdater, clipboard, dialog, nativeTheme, net, powerMonitor, screen, shell } from './system.ts';
export { Tray } from './tray.ts';

export const BrowserWindow = imitation('BrowserWindow', HostWindow);

export const BaseWindow: typeof Electron.BaseWindow = notImitated('BaseWindow');
export const contentTracing: Electron.ContentTracing = notImitated('contentTracing');
export const crashReporter: Electron.CrashReporter = notImitated('crashReporter');
export const desktopCapturer: Electron.DesktopCapturer = notImitated('desktopCapturer');
export const globalShortcut: Electron.GlobalShortcut = notImitated('globalShortcut');
export const inAppPurchase: Electron.InAppPurchase = notImitated('inAppPurchase');
export const MessageChannelMain: typeof Electron.MessageChannelMain = notImitated('MessageChannelMain');
export const netLog: Electron.NetLog = notImitated('netLog');
export const powerSaveBlocker: Electron.PowerSaveBlocker = notImitated('powerSaveBlocker');
export const pushNotifications: Electron.PushNotifications = notImitated('pushNotifications');
export const safeStorage: Electron.SafeStorage = notImitated('safeStorage');
export const ShareMenu: typeof Electron.ShareMenu = notImitated('ShareMenu');
export const systemPreferences: Electron.SystemPreferences = notImitated('systemPreferences');
export const TouchBar: typeof Electron.TouchBar = notImitated('TouchBar');
export const utilityProcess: typeof Electron.utilityProcess = notImitated('utilityProcess');
export const View: typeof Electron.View = notImitated('View');
export const webContents: typeof Electron.webContents = notImitated('webContents');
export const WebContentsView: typeof Electron.WebContentsView = notImitated('WebContentsView');
export const webFrameMain: typeof Electron.webFrameMain = notImitated('webFrameMain');
