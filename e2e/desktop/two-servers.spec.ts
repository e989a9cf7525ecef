import { BrowserDevice } from '../devices/browser-device.ts';
import type { DesktopDevice } from '../devices/desktop-device.ts';
import { expect, test as base } from '../parley-test.ts';
import { newIdentity, Person } from '../people/person.ts';
import { ParleyProcess } from '../servers/parley-process.ts';

interface OfficeFixtures {
  /** A second server, with people of its own. */
  office: { server: ParleyProcess; noor: Person };
}

const test = base.extend<OfficeFixtures>({
  office: async ({ browser }, provide) => {
    const server = await ParleyProcess.start();
    const device = BrowserDevice.inBrowser(browser, server.url);
    await device.open();
    const noor = new Person(newIdentity('Noor'), device);
    await noor.signUp();
    await provide({ server, noor });
    await device.discard();
    await server.discard();
  },
});

/** With a new account on the server at `address`, beside those that are there. */
async function addAccount(person: Person, name: string, address: string): Promise<void> {
  const { page } = person;
  const identity = newIdentity(name);
  const foot = page.getByLabel('You and your server');
  await foot.getByRole('button', { name: new RegExp(person.name) }).click();
  await page.getByRole('menuitem', { name: 'Add an account' }).click();
  await page.getByLabel('Server address').fill(address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Make a new account' }).click();
  await page.getByLabel('Your name', { exact: true }).fill(name);
  await person.fillSignIn(identity);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(foot).toContainText(name);
}

test('two accounts on two servers are in one list, and none touches the other', async ({ people, office }) => {
  test.slow();
  const maud = await people.join('Maud', { place: 'desktop' });
  const ines = await people.join('Ines');
  const device = maud.device as DesktopDevice;
  const { noor } = office;
  await maud.addContact(ines.email);
  await maud.write('From Maud');
  await addAccount(maud, 'Front desk', office.server.url);
  await maud.addContact(noor.email);
  await maud.write('From the desk');
  await expect(maud.list.getByRole('listitem')).toHaveText([/Noor.*From the desk/, /Ines.*From Maud/]);
  await noor.openConversation('Front desk');
  await ines.openConversation('Maud');

  // What one server cannot take waits for it alone.
  await office.server.kill9();
  await maud.write('Waits for the desk');
  await maud.openConversation('Ines');
  await maud.write('Goes all the same');
  await expect(maud.thread.tick('Goes all the same', 'Read')).toBeVisible();
  await maud.openConversation('Noor');
  await expect(maud.thread.tick('Waits for the desk', 'Waiting')).toBeVisible();

  const bodies = async () => (await device.natives.notifications()).map(({ body }) => body);
  await device.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await ines.write('Heard by Maud');
  await expect.poll(bodies).toEqual(['Heard by Maud']);
  await office.server.start();
  await expect(noor.thread.words).toHaveText(['From the desk', 'Waits for the desk'], { timeout: 40_000 });
  await noor.write('Heard at the desk');
  await expect.poll(bodies).toEqual(['Heard by Maud', 'Heard at the desk']);
  await expect.poll(() => device.natives.badge()).toBe(2);

  await device.natives.clickNotification('Heard by Maud');
  await expect(maud.thread.words).toHaveText(['From Maud', 'Goes all the same', 'Heard by Maud']);
  await expect.poll(() => device.natives.badge()).toBe(1);
  expect(await bodies()).toEqual(['Heard at the desk']);

  const { page } = maud;
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Accounts', exact: true }).click();
  await page.getByRole('button', { name: /Sign out of Front desk/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(maud.list.getByRole('listitem')).toHaveText([/Ines.*Heard by Maud/]);
  await expect.poll(bodies).toEqual([]);
  await expect.poll(() => device.natives.badge()).toBe(0);
  await expect(ines.thread.words).toHaveText(['From Maud', 'Goes all the same', 'Heard by Maud']);
});
