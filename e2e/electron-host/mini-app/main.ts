// The smallest app that uses everything the stand-in imitates.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, nativeImage, Notification, protocol, session, shell, Tray } from 'electron';

const here = dirname(fileURLToPath(import.meta.url));
const page =
  '<!doctype html><html><body><h1>Mini</h1><a href="https://away.example/" target="_blank">away</a></body></html>';
protocol.registerSchemesAsPrivileged([{ scheme: 'mini', privileges: { standard: true, secure: true } }]);

/** What specs look at, beside what Electron itself tells. */
const seen: string[] = [];
Object.assign(globalThis, { miniSeen: seen });

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  session.defaultSession.protocol.handle('mini', async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/echo') {
      const body = { method: request.method, range: request.headers.get('range'), text: await request.text() };
      return Response.json(body, { status: 206, headers: { 'x-mini': 'yes' } });
    }
    return new Response(page, { headers: { 'content-type': 'text/html' } });
  });
  ipcMain.handle('echo', (_event, ...words: unknown[]) => words);
  ipcMain.handle('fail', () => {
    throw new TypeError('not today');
  });
  ipcMain.handle('sender', ({ senderFrame, sender }) => ({
    url: senderFrame?.url,
    isTop: senderFrame === sender.mainFrame,
  }));
  ipcMain.on('ping', ({ sender }, word: unknown) => sender.send('pong', word));

  const window = new BrowserWindow({
    width: 700,
    height: 500,
    webPreferences: { preload: join(here, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.webContents.on('will-navigate', (event, url) => {
    seen.push(`will-navigate ${url}`);
    event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('context-menu', (_event, { selectionText }) => {
    Menu.buildFromTemplate([{ label: 'Look up' }, { type: 'separator' }, { label: selectionText }]).popup({ window });
  });
  app.on('second-instance', (_event, argv) => seen.push(`second ${argv.at(-1)}`));

  const tray = new Tray(nativeImage.createEmpty());
  tray.on('click', () => seen.push('tray'));
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open', click: () => seen.push('open') },
      { role: 'quit', label: 'Quit' },
    ]),
  );
  const notice = new Notification({ title: 'Mini', body: 'Look' });
  notice.on('click', () => seen.push('notice'));
  notice.show();
  app.setBadgeCount(3);
  void window.loadURL('mini://app/index.html');
}
