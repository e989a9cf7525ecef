import { buildBrowserAppIfStale } from './browser-build.ts';
import { openBrowser, openDesktopApp, whyNoDesktopApp } from './desktop-app.ts';
import { buildDesktopAppIfStale } from './desktop-build.ts';
import { endTogether, startServer } from './server-process.ts';

try {
  await buildBrowserAppIfStale();
  const obstacle = whyNoDesktopApp();
  if (!obstacle) await buildDesktopAppIfStale();
  const server = startServer();
  endTogether(server);
  const address = await server.address;
  if (obstacle) {
    console.log(`${obstacle} Parley is in the browser at ${address}`);
    openBrowser(address);
  } else {
    openDesktopApp(address);
  }
  process.exitCode = await server.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
