import type { DesktopDevice } from '../devices/desktop-device.ts';
import { Panel } from '../electron-host/driver/panel.ts';
import type { ShellFact } from '@parley/desktop/ipc/shell-api.ts';
import type { People } from '../parley-test.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from './shell-test.ts';

test.slow();

/** Somebody at the desktop app, on a desktop with a tray. */
async function joinOnDesktop(people: People, name: string) {
  const person = await people.visit(name, { place: 'desktop' });
  const device = person.device as DesktopDevice;
  const panel = await Panel.appear(device.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  await expect.poll(() => device.natives.trayMenu()).toBeDefined();
  await person.signUp();
  return { person, device, panel };
}

/** As the person does it, with the button of the window. */
function closeWindow(device: DesktopDevice): Promise<void> {
  return device.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

function isShown(device: DesktopDevice): Promise<boolean> {
  return device.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
}

/** What the desktop app tells the page from now on, besides how things stand. */
async function hearErrands({ page }: DesktopDevice): Promise<() => Promise<ShellFact[]>> {
  await page.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    const { parley } = window as unknown as {
      parley: {
        shell: {
          ask(request: object): void;
          onTell(listener: (answer: { kind: string; fact: { kind: string } }) => void): void;
        };
      };
    };
    parley.shell.onTell(({ kind, fact }) => {
      if (kind === 'fact' && fact.kind !== 'view') told.push(fact);
    });
    parley.shell.ask({ kind: 'listen' });
  });
  return () => page.evaluate(() => (window as unknown as { told: ShellFact[] }).told);
}

/** Both are in the conversation, and everything in it is read. */
async function startTalking(desktop: Person, other: Person): Promise<void> {
  await desktop.addContact(other.email);
  await desktop.write('Hello');
  await other.openConversation(desktop.name);
  await expect(other.thread.message('Hello')).toBeVisible();
}

test('closed to the tray, Parley still tells of messages, and leads to them', async ({ people }) => {
  const { person: maud, device, panel } = await joinOnDesktop(people, 'Maud Ekström');
  const ines = await people.join('Ines Duarte', { place: 'browser' });
  await startTalking(maud, ines);
  const errands = await hearErrands(device);

  const menu = (await device.natives.trayMenu()) ?? [];
  expect(menu.at(0)).toBe('Open Parley');
  expect(menu).toContainEqual(expect.stringMatching(/^Up to date as of/));
  expect(menu.at(-1)).toBe('Quit Parley');

  await closeWindow(device);
  expect(await isShown(device)).toBe(false);
  await expect
    .poll(() => device.natives.notifications())
    .toEqual([expect.objectContaining({ title: 'Parley stays in the tray' })]);

  await ines.write('Bring <b>cake</b> & tea');
  const told = 'Bring &lt;b&gt;cake&lt;/b&gt; &amp; tea';
  await expect.poll(() => device.natives.notifications()).toContainEqual({ title: 'Ines Duarte', body: told });
  await expect.poll(() => device.natives.badge()).toBe(1);
  expect(await device.natives.trayMenu()).toContain('1 unread');

  await device.natives.clickNotification(told);
  await expect.poll(() => isShown(device)).toBe(true);
  await expect
    .poll(errands)
    .toEqual([{ kind: 'open', target: expect.objectContaining({ messageId: expect.any(String) }) }]);
  await expect.poll(() => device.natives.badge()).toBe(0);

  await device.natives.clickTray();
  await expect.poll(() => isShown(device)).toBe(false);
  await device.natives.clickTrayItem('Settings');
  await expect.poll(() => isShown(device)).toBe(true);
  await expect.poll(errands).toContainEqual({ kind: 'command', command: 'settings' });

  await device.natives.clickTrayItem('Quit Parley');
  await device.app.ended;
  panel.leave();
});

test('a notification goes when its message is read elsewhere, and a second start brings the window back', async ({
  people,
}) => {
  const { person: maud, device, panel } = await joinOnDesktop(people, 'Maud Ekström');
  const ines = await people.join('Ines Duarte', { place: 'browser' });
  await startTalking(maud, ines);
  const errands = await hearErrands(device);
  await closeWindow(device);
  await ines.write('Are you there?');
  const bodies = async () => (await device.natives.notifications()).map(({ body }) => body);
  await expect.poll(bodies).toContain('Are you there?');

  const inBrowser = await people.onAnotherDevice(maud);
  await inBrowser.openConversation('Ines Duarte');
  await expect(inBrowser.thread.message('Are you there?')).toBeVisible();
  await expect.poll(bodies).not.toContain('Are you there?');
  await expect.poll(() => device.natives.badge()).toBe(0);

  const second = await device.startAgain('parley://join/chat.example.org');
  await second.ended;
  await expect.poll(() => isShown(device)).toBe(true);
  await expect.poll(errands).toEqual([{ kind: 'add-server', address: 'chat.example.org' }]);
  panel.leave();
});

test('of a muted conversation nothing is told, and nothing counted', async ({ people }) => {
  const { person: maud, device, panel } = await joinOnDesktop(people, 'Maud Ekström');
  const ines = await people.join('Ines Duarte', { place: 'browser' });
  await startTalking(maud, ines);
  const { page } = device;
  await page.getByRole('button', { name: 'Show details' }).click();
  await page.getByRole('button', { name: 'Change the notifications' }).click();
  await page.getByRole('menuitem', { name: 'Mute for good' }).click();
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Muted');
  await closeWindow(device);

  await ines.write('Nobody hears this');
  await expect(page.getByRole('list', { name: 'Conversations' })).toContainText('Nobody hears this');
  const told = (await device.natives.notifications()).map(({ body }) => body);
  expect(told).not.toContain('Nobody hears this');
  expect(await device.natives.badge()).toBe(0);
  panel.leave();
});

test('of fifty messages that were missed one notification tells', async ({ people }) => {
  const { person: maud, device, panel } = await joinOnDesktop(people, 'Maud Ekström');
  const ines = await people.join('Ines Duarte', { place: 'browser' });
  await startTalking(maud, ines);
  await closeWindow(device);
  await expect.poll(() => device.natives.notifications()).toHaveLength(1);
  await device.setOffline(true);
  await expect(maud.footLine).toHaveText(/^Offline/);
  for (let number = 1; number <= 50; number += 1) await ines.write(`Number ${number}`);
  await expect(ines.thread.tick('Number 50', 'Sent')).toBeVisible();
  await device.setOffline(false);
  await expect
    .poll(() => device.natives.notifications(), { timeout: 40_000 })
    .toEqual([expect.anything(), { title: 'Ines Duarte', body: '50 new messages' }]);
  await expect.poll(() => device.natives.badge()).toBe(50);
  panel.leave();
});

test('without a tray closing the window ends Parley', async ({ shell }) => {
  expect(await shell.natives.trayMenu()).toBeUndefined();
  await closeWindow(shell);
  await shell.app.ended;
  expect(shell.app.hasEnded).toBe(true);
});

test('started hidden it waits in the tray, and shows its window where there is none', async ({ shell }) => {
  await shell.quit();
  const panel = await Panel.appear(shell.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  const hidden = await shell.startAgain('--hidden');
  const windows = () => hidden.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect
    .poll(() =>
      hidden.evaluate(() => {
        const record = (globalThis as never)[Symbol.for('parley.native-record')] as { trays: unknown[] };
        return record.trays.length;
      }),
    )
    .toBe(1);
  expect(await windows()).toBe(0);
  const second = await shell.startAgain();
  await second.ended;
  await expect.poll(windows).toBe(1);
  await hidden.quit();
  panel.leave();
});
