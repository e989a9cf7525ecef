import { expect, test } from '../parley-test.ts';

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
  await expect(page.getByText('This Parley doesn’t look for updates.')).toBeVisible();
  await page.getByRole('searchbox').fill('zod');
  await expect(page.getByRole('listitem').filter({ hasText: /^zod .*MIT$/ })).toBeVisible();

  await maud.device.reload();
  await open('Notifications');
  await expect(maud.page.getByRole('switch', { name: 'Sound' })).not.toBeChecked();
  await expect(maud.page.getByRole('combobox')).toHaveText('Name only');
  await expect(maud.page.getByLabel('Quiet from')).toHaveValue('20:15');
});
