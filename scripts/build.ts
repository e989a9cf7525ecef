import { buildBrowserApp } from './browser-build.ts';
import { buildDesktopApp } from './desktop-build.ts';

try {
  await buildBrowserApp();
  console.log('The browser app is in dist/browser/.');
  await buildDesktopApp();
  console.log('The bundles of the desktop app are in out/.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
