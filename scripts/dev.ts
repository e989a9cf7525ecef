// The server, restarted when its sources change, the browser app from Vite's development server in front of it, and, where Electron is
// there, the desktop app: started anew when its main process or preload changes, with the page as it was built.
import { createServer } from 'vite';
import { findElectron } from './desktop-app.ts';
import { buildDesktopAppIfStale } from './desktop-build.ts';
import { runNode, tool } from './run-command.ts';
import { endTogether, startServer } from './server-process.ts';

async function followDesktopApp(address: string): Promise<void> {
  await buildDesktopAppIfStale();
  await runNode([tool('electron-vite'), '--watch'], { env: { ...process.env, PARLEY_SERVER_URL: address } });
}

try {
  const server = startServer(['--watch', '--watch-preserve-output']);
  endTogether(server);
  const address = await server.address;
  if (address !== null) {
    process.env['PARLEY_DEV_SERVER'] = address;
    const vite = await createServer({ configFile: 'vite.browser.config.ts' });
    await vite.listen();
    vite.printUrls();
    if (findElectron()) void followDesktopApp(address).catch(console.error);
    void server.ended.finally(() => vite.close());
  }
  process.exitCode = await server.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
