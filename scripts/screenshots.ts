// Makes the README's pictures in docs/pictures/: the real app on the real server, with what the harbour choir wrote.
// Usage: npm run node scripts/screenshots.ts
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { BrowserDevice } from '../e2e/devices/browser-device.ts';
import { Person } from '../e2e/people/person.ts';
import { ParleyProcess } from '../e2e/servers/parley-process.ts';
import { buildBrowserAppIfStale } from './browser-build.ts';
import { ensureChromium } from './chromium.ts';
import { projectRoot } from './run-command.ts';
import { choirEmail, type ChoirMember, choirPassword, seedChoir } from './seeding/choir.ts';

const folder = join(projectRoot, 'docs', 'pictures');
const maxBytes = 200 * 1024;

async function arrive(browser: Browser, server: ParleyProcess, member: ChoirMember, isDark = false): Promise<Person> {
  const device = BrowserDevice.inBrowser(browser, server.url, {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await device.open();
  const person = new Person({ name: member, email: choirEmail(member), password: choirPassword }, device);
  await person.signIn();
  return person;
}

async function takePicture({ page }: Person, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path, animations: 'disabled', caret: 'initial' });
  const { size } = statSync(path);
  console.log(`${path.slice(projectRoot.length + 1)} ${Math.ceil(size / 1024)} KB`);
  if (size > maxBytes) throw new Error(`${name}.png is larger than ${maxBytes / 1024} KB`);
}

/** Somebody writes, and is not done yet. */
async function type(person: Person, text: string): Promise<void> {
  await person.thread.field.fill('');
  await person.thread.field.pressSequentially(text);
}

async function takePictures(browser: Browser, server: ParleyProcess): Promise<void> {
  const ines = await arrive(browser, server, 'ines');
  for (const member of ['mum', 'tobias', 'noor'] as const) await arrive(browser, server, member);
  await ines.openConversation('Maud Ekström');
  for (const look of ['light', 'dark'] as const) {
    const maud = await arrive(browser, server, 'maud', look === 'dark');
    await maud.openConversation('Ines Duarte');
    await maud.thread.field.fill('Bring the spare stapler, just in c');
    await type(ines, 'One more');
    await maud.page.getByText('Ines is typing').waitFor();
    await takePicture(maud, `main-${look}`);
    // Written again by the next one, who begins from the same.
    await maud.thread.field.fill('');
    await maud.device.discard();
  }
}

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'parley-pictures-'));
await buildBrowserAppIfStale();
await seedChoir(dataDir);
const server = await ParleyProcess.start({ dataDir });
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  await takePictures(browser, server);
} finally {
  await browser.close();
  await server.discard();
  rmSync(dataDir, { recursive: true, force: true });
}
