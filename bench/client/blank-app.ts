// The client's baseline: the same shell with one window that has nothing in it.
import { app, BrowserWindow, protocol, session } from 'electron';

const page = '<!doctype html><html lang="en"><head><title>Blank</title></head><body><main></main></body></html>';

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: 'blank', privileges: { standard: true, secure: true } }]);
void app.whenReady().then(() => {
  const headers = { 'content-type': 'text/html' };
  session.defaultSession.protocol.handle('blank', () => new Response(page, { headers }));
  const window = new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true } });
  void window.loadURL('blank://window/');
});
