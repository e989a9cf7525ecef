// Whether the real app starts here: opens its first window and says so in one line.
import { installElectron } from './desktop-app.ts';
import { findApp } from './smoke/find-app.ts';
import { openFirstWindow } from './smoke/open-first-window.ts';

const app = findApp();
if (!app) {
  console.log(`Not tried: there is no packed app in release/, and no built one with Electron ("${installElectron}").`);
} else {
  // Chromium does not let root be sandboxed.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    const { title, url, userAgent, tookMs } = await openFirstWindow(app.program, [...app.words, ...asRoot]);
    const engine = /Electron\/\S+/.exec(userAgent)?.[0] ?? userAgent;
    console.log(`${app.program} showed "${title}" (${url}) after ${(tookMs / 1000).toFixed(1)} s on ${engine}.`);
  } catch (error) {
    console.error(`${app.program} did not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
