import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { imitation, type Imitates } from './imitation.ts';
import { nativeRecord } from './native-record.ts';

const hostShell = {
  openExternal: async (url: string) => void nativeRecord.openedExternally.push(url),
  beep: () => undefined,
};
hostShell satisfies Imitates<typeof hostShell, Electron.Shell>;
export const shell = imitation('shell', hostShell);

const hostDialog = {
  showErrorBox: (title: string, content: string) => void nativeRecord.boxes.push({ title, content }),
  /** Nobody ever chooses anything but the first button. */
  showMessageBox: async (...words: unknown[]) => {
    const { message, detail = '' } = words.at(-1) as Electron.MessageBoxOptions;
    nativeRecord.boxes.push({ title: message, content: detail });
    return { response: 0, checkboxChecked: false };
  },
};
hostDialog satisfies Imitates<typeof hostDialog, Electron.Dialog>;
export const dialog = imitation('dialog', hostDialog);

let clipboardText = '';
const hostClipboard = {
  readText: async () => clipboardText,
  writeText: async (text: string) => {
    clipboardText = text;
  },
};
hostClipboard satisfies Imitates<typeof hostClipboard, Electron.Clipboard>;
export const clipboard = imitation('clipboard', hostClipboard);

class HostPowerMonitor extends EventEmitter {
  isOnBatteryPower = () => false;
  getSystemIdleTime = () => 0;
  getSystemIdleState = () => 'active' as const;
}
const hostPowerMonitor = new HostPowerMonitor();
hostPowerMonitor satisfies Imitates<HostPowerMonitor, Electron.PowerMonitor>;
export const powerMonitor = imitation('powerMonitor', hostPowerMonitor);

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, bounds: area, workArea: { ...area, y: 30, height: 1050 }, scaleFactor: 1, rotation: 0 };
class HostScreen extends EventEmitter {
  getAllDisplays = () => [display as Electron.Display];
  getPrimaryDisplay = () => display as Electron.Display;
}
const hostScreen = new HostScreen();
hostScreen satisfies Imitates<HostScreen, Electron.Screen>;
export const screen = imitation('screen', hostScreen);

class HostNativeTheme extends EventEmitter {
  shouldUseDarkColors = false;
  themeSource: 'system' | 'light' | 'dark' = 'system';
}
const hostNativeTheme = new HostNativeTheme();
hostNativeTheme satisfies Imitates<HostNativeTheme, Electron.NativeTheme>;
export const nativeTheme = imitation('nativeTheme', hostNativeTheme);

/** There never is an update. */
export const autoUpdater = imitation('autoUpdater', new EventEmitter());

const hostNet = { isOnline: () => true };
hostNet satisfies Imitates<typeof hostNet, Electron.Net>;
export const net = imitation('net', hostNet);
