import { buildBrowserAppIfStale } from './browser-build.ts';
import { findElectron, installElectron, openBrowser, openDesktopApp } from './desktop-app.ts';
import { buildDesktopAppIfStale } from './desktop-build.ts';
import { endTogether, startServer } from './server-process.ts';

try {
  await buildBrowserAppIfStale();
  const hasElectron = findElectron() !== undefined;
  if (hasElectron) await buildDesktopAppIfStale();
  const server = startServer();
  endTogether(server);
  const address = await server.address;
  if (address !== null && hasElectron) openDesktopApp(address);
  else if (address !== null) {
    console.log(`For the desktop app instead of the browser: ${installElectron}`);
    openBrowser(address);
  }
  process.exitCode = await server.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
