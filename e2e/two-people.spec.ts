import { expect, test } from './parley-test.ts';

test('one adds the other by e-mail and writes; the message appears there and its ticks move to read', async ({
  people,
}) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  await ines.device.close();

  await maud.addContact(ines.email);
  await maud.write('Side door at quarter past five?');
  await expect(maud.thread.tick('Side door at quarter past five?', 'Sent')).toBeVisible();

  await ines.device.open();
  await expect(ines.row('Maud Ekström').getByText('1 unread message')).toBeAttached();
  await expect(ines.page).toHaveTitle('(1) Parley');
  await expect(maud.thread.tick('Side door at quarter past five?', 'Delivered')).toBeVisible();

  await ines.openConversation('Maud Ekström');
  await expect(ines.thread.words).toHaveText(['Side door at quarter past five?']);
  await expect(maud.thread.tick('Side door at quarter past five?', 'Read')).toBeVisible();
  await expect(ines.row('Maud Ekström').getByText(/unread/)).toHaveCount(0);
  await expect(ines.page).toHaveTitle('Parley');
});

test('who is typing and who is there shows on the other side', async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  await maud.addContact(ines.email);
  await maud.write('Are you there?');
  await ines.openConversation('Maud Ekström');
  await expect(maud.thread.region.getByText('Online', { exact: true })).toBeVisible();
  await expect(maud.row('Ines Duarte').getByText('Online', { exact: true })).toBeAttached();

  await ines.thread.field.pressSequentially('Almost');
  await expect(maud.page.getByText('Ines is typing', { exact: true })).toBeVisible();
  await expect(maud.row('Ines Duarte').getByText('typing…')).toBeVisible();
  await ines.thread.field.press('Enter');
  await expect(maud.thread.message('Almost')).toBeVisible();
  await expect(maud.page.getByText('Ines is typing', { exact: true })).toBeHidden();

  await ines.device.close();
  await expect(maud.thread.region.getByText(/^Last seen/)).toBeVisible();
  await expect(maud.row('Ines Duarte').getByText('Online', { exact: true })).toHaveCount(0);
});

test('after a restart of the server and of both pages all is there and nobody signs in again', async ({
  people,
  server,
}) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  await maud.addContact(ines.email, 'The conductor');
  await maud.write('The hall is ours from half past five');
  await ines.openConversation('Maud Ekström');
  await ines.write('You’re a gem');
  await expect(ines.thread.tick('You’re a gem', 'Read')).toBeVisible();

  await server.restart();
  for (const person of [maud, ines]) {
    await person.device.reload();
    await person.isUpToDate();
  }
  await maud.openConversation('The conductor');
  await ines.openConversation('Maud Ekström');
  for (const { thread } of [maud, ines]) {
    await expect(thread.words).toHaveText(['The hall is ours from half past five', 'You’re a gem']);
  }
  await maud.write('And the key is in my pocket');
  await expect(ines.thread.message('And the key is in my pocket')).toBeVisible();
});

test('first messages sent at the same moment from both sides make one conversation', async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  await Promise.all([maud.addContact(ines.email), ines.addContact(maud.email)]);
  await Promise.all([maud.write('From Maud'), ines.write('From Ines')]);

  for (const { thread } of [maud, ines]) {
    await expect(thread.words).toHaveCount(2);
    await expect(thread.message('From Maud')).toBeVisible();
    await expect(thread.message('From Ines')).toBeVisible();
  }
  await expect(ines.thread.words).toHaveText(await maud.thread.words.allTextContents());
  await expect(maud.list.getByRole('listitem')).toHaveCount(1);
  await expect(ines.list.getByRole('listitem')).toHaveCount(1);
});
