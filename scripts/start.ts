import { buildBrowserAppIfStale } from './browser-build.ts';
import { openBrowser, openDesktopApp } from './desktop-app.ts';
import { endTogether, startServer } from './server-process.ts';

try {
  await buildBrowserAppIfStale();
  const server = startServer();
  endTogether(server);
  const address = await server.address;
  const whyNoDesktopApp = openDesktopApp(address);
  if (whyNoDesktopApp) {
    console.log(`${whyNoDesktopApp} Parley is in the browser at ${address}`);
    openBrowser(address);
  }
  process.exitCode = await server.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
