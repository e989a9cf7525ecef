import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DesktopDevice } from '../devices/desktop-device.ts';
import { secretsOf } from '../devices/secret-service.ts';
import { test as withPeople } from '../parley-test.ts';
import { expect, test } from './shell-test.ts';

function windowsOf({ app }: DesktopDevice) {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      isVisible: window.isVisible(),
      isFocused: window.isFocused(),
      isMinimized: window.isMinimized(),
      bounds: window.getNormalBounds(),
    })),
  );
}

test('the first start asks where Parley lives, in one window that has the focus', async ({ shell }) => {
  await expect(shell.page.getByRole('heading', { name: 'Where does your Parley live?' })).toBeVisible();
  await expect.poll(() => windowsOf(shell)).toMatchObject([{ isVisible: true, isFocused: true }]);
  expect(await shell.app.evaluate(({ app }) => app.getName())).toBe('Parley');
});

test('an address that is no server gets a sentence, and can be corrected', async ({ shell, server }) => {
  const address = shell.page.getByLabel('Server address');
  await address.fill('http://localhost:1');
  await shell.page.getByRole('button', { name: 'Continue' }).click();
  await expect(
    shell.page
      .getByRole('alert')
      .or(shell.page.getByText(/localhost:1/))
      .first(),
  ).toBeVisible();
  await address.fill(server.url);
  await shell.page.getByRole('button', { name: 'Continue' }).click();
  await expect(shell.page.getByLabel('Email', { exact: true })).toBeVisible();
});

test('started at a server, it suggests that one', async ({ shell, server }) => {
  await shell.quit();
  shell.variables['PARLEY_SERVER_URL'] = server.url;
  await shell.start();
  await expect(shell.page.getByLabel('Server address')).toHaveValue(server.url);
  await shell.page.getByRole('button', { name: 'Continue' }).click();
  await expect(shell.page.getByLabel('Email', { exact: true })).toBeVisible();
});

test('a second start brings the window back and ends', async ({ shell }) => {
  await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect.poll(() => windowsOf(shell)).toMatchObject([{ isMinimized: true, isFocused: false }]);
  const second = await shell.startAgain();
  await second.ended;
  await expect.poll(() => windowsOf(shell)).toMatchObject([{ isMinimized: false, isFocused: true }]);
});

test('the window comes back where it was left', async ({ shell }) => {
  const bounds = { x: 140, y: 90, width: 900, height: 640 };
  await shell.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
  await shell.quit();
  await shell.start();
  await expect.poll(() => windowsOf(shell)).toMatchObject([{ bounds }]);
});

withPeople('quitting keeps the last word that was typed', async ({ people }) => {
  const maud = await people.join('Maud Ekström', { place: 'desktop' });
  const ines = await people.join('Ines Duarte');
  await maud.addContact(ines.email);
  await maud.thread.field.pressSequentially('Side d');
  await (maud.device as DesktopDevice).quit();
  await maud.device.open();
  await maud.openConversation('Ines Duarte');
  await expect(maud.thread.field).toHaveValue('Side d');
});

withPeople(
  'E9: secrets are in the keychain and nowhere else, and a copied profile is sealed',
  async ({ people, server, browser }) => {
    const maud = await people.join('Maud Ekström', { place: 'desktop' });
    const ines = await people.join('Ines Duarte');
    const device = maud.device as DesktopDevice;
    await maud.addContact(ines.email);
    await device.setOffline(true);
    await maud.write('Nobody has this yet');
    await maud.thread.field.fill('Half a secret');
    await expect(maud.thread.tick('Nobody has this yet', 'Waiting')).toBeVisible();

    const secrets = await secretsOf(device.environment);
    expect(secrets.map(({ account }) => account.split('/')[1])).toEqual(
      expect.arrayContaining(['refresh-token', 'database-key']),
    );
    const canaries = secrets.map(({ secret }) => secret).filter((secret) => secret.length > 12);
    expect(canaries.length).toBeGreaterThanOrEqual(2);
    const process = join('/proc', String(await device.app.evaluate(() => globalThis.process.pid)));
    const told = ['cmdline', 'environ'].map((file) => readFileSync(join(process, file), 'latin1'));
    await device.quit();
    const kept = filesIn(device.profile);
    expect(kept.size).toBeGreaterThan(2);
    const mayNotShow = [...canaries, maud.identity.password, maud.email, 'Maud Ekström', 'Nobody has', 'Half a secret'];
    for (const canary of mayNotShow) {
      expect([...told, ...kept.values()].filter((content) => content.includes(canary))).toEqual([]);
    }

    const elsewhere = new DesktopDevice(browser, server.url);
    await elsewhere.start();
    await elsewhere.quit();
    rmSync(elsewhere.profile, { recursive: true });
    cpSync(device.profile, elsewhere.profile, { recursive: true });
    await elsewhere.start();
    await expect(elsewhere.page.getByRole('heading', { name: 'Where does your Parley live?' })).toBeVisible();
    await elsewhere.quit();
    expect(filesIn(join(elsewhere.profile, 'accounts'))).toEqual(filesIn(join(device.profile, 'accounts')));
    await elsewhere.discard();
  },
);

/** What every file below a folder holds. */
function filesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}
