import { expect, test } from '../parley-test.ts';
import { newIdentity } from '../people/person.ts';

test('what only the desktop app has is set in its page, and holds after a start', async ({ people }) => {
  const maud = await people.join('Maud', { place: 'desktop' });
  const open = async (section: string) => {
    await maud.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await maud.page.getByRole('button', { name: section, exact: true }).click();
  };
  const { page } = maud;
  await open('Notifications');
  await page.getByRole('switch', { name: 'Sound' }).click();
  await page.getByRole('combobox', { name: 'What a notification shows' }).click();
  await page.getByRole('option', { name: 'Name only' }).click();
  await page.getByLabel('Quiet from').fill('20:15');
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText('None shown since Parley started')).toBeVisible();
  await page.getByRole('button', { name: 'About Parley' }).click();
  await page.getByRole('searchbox').fill('zod');
  await expect(page.getByRole('listitem').filter({ hasText: /^zod .*MIT$/ })).toBeVisible();

  await maud.device.reload();
  await open('Notifications');
  await expect(maud.page.getByRole('switch', { name: 'Sound' })).not.toBeChecked();
  await expect(maud.page.getByRole('combobox')).toHaveText('Name only');
  await expect(maud.page.getByLabel('Quiet from')).toHaveValue('20:15');
});

test('two accounts are in one list, and one leaves without the other', async ({ people, server }) => {
  const maud = await people.join('Maud', { place: 'desktop' });
  const [ines, noor] = await people.joinAll('Ines', 'Noor');
  const { page } = maud;
  await maud.addContact(ines.email);
  await maud.write('From Maud');

  const office = newIdentity('Office');
  await page.getByLabel('You and your server').getByRole('button', { name: /Maud/ }).click();
  await page.getByRole('menuitem', { name: 'Add an account' }).click();
  await page.getByLabel('Server address').fill(server.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Make a new account' }).click();
  await page.getByLabel('Your name', { exact: true }).fill(office.name);
  await maud.fillSignIn(office);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByLabel('You and your server')).toContainText(office.email);

  await maud.addContact(noor.email);
  await maud.write('From the office');
  await expect(maud.list.getByRole('listitem')).toHaveText([/Noor.*From the office/, /Ines.*From Maud/]);
  await noor.openConversation('Office');
  await expect(noor.thread.words).toHaveText(['From the office']);
  await maud.openConversation('Ines');
  await maud.write('Maud again');
  await ines.openConversation('Maud');
  await expect(ines.thread.words).toHaveText(['From Maud', 'Maud again']);

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Accounts', exact: true }).click();
  await page.getByRole('button', { name: /Sign out of Office/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(maud.list.getByRole('listitem')).toHaveText([/Ines.*Maud again/]);
});
