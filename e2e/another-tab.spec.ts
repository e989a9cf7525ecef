import { expect, test } from './parley-test.ts';

test('a second tab says that Parley is open in another one, and takes over when it is told to', async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud', 'Ines');
  await maud.addContact(ines.email);
  await maud.write('From the first tab');
  await ines.openConversation('Maud');
  await maud.thread.field.fill('Begun in the first');
  await expect(maud.row('Ines').getByText('Draft')).toBeVisible();

  const second = await people.inAnotherTab(maud);
  await expect(second.page.getByRole('heading', { name: 'Parley is open in another tab' })).toBeVisible();
  await expect(maud.footLine).toHaveText(/^Up to date/);
  await second.page.getByRole('button', { name: 'Use it here' }).click();
  await second.isUpToDate();
  await expect(maud.page.getByRole('heading', { name: 'Parley is open in another tab' })).toBeVisible();
  await second.openConversation('Ines');
  await expect(second.thread.field).toHaveValue('Begun in the first');
  await second.write('From the second tab');
  await expect(ines.thread.words).toHaveText(['From the first tab', 'From the second tab']);

  await maud.page.getByRole('button', { name: 'Use it here' }).click();
  await maud.isUpToDate();
  await expect(second.page.getByRole('heading', { name: 'Parley is open in another tab' })).toBeVisible();
  await maud.openConversation('Ines');
  await expect(maud.thread.words).toHaveText(['From the first tab', 'From the second tab']);
});
