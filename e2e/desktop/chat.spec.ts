import { expect, test } from '../parley-test.ts';

test('one in the desktop app and one in a browser talk, and see how far it has come', async ({ people }) => {
  const maud = await people.join('Maud Ekström', { place: 'desktop' });
  const ines = await people.join('Ines Duarte');

  await maud.addContact(ines.email);
  await maud.write('Side door at quarter past five?');
  await ines.openConversation('Maud Ekström');
  await expect(ines.thread.words).toHaveText(['Side door at quarter past five?']);
  await expect(maud.thread.tick('Side door at quarter past five?', 'Read')).toBeVisible();

  await ines.write('You’re a gem');
  await expect(maud.thread.message('You’re a gem')).toBeVisible();
});

test('killed with three to send and one half written: after the start each goes out once, and nobody signs in', async ({
  people,
  server,
}) => {
  test.slow();
  const maud = await people.join('Maud Ekström', { place: 'desktop' });
  const ines = await people.join('Ines Duarte');
  await maud.addContact(ines.email);
  await maud.write('The hall is ours from half past five');
  await expect(maud.thread.tick('The hall is ours from half past five', 'Delivered')).toBeVisible();

  await server.stop();
  const waiting = ['And the key is in my pocket', 'Bring the stapler', 'And cake'];
  for (const text of waiting) await maud.write(text);
  await maud.thread.field.fill('Half a senten');
  for (const text of waiting) await expect(maud.thread.tick(text, 'Waiting')).toBeVisible();
  // What a page that is loaded anew shows is in the store.
  await maud.device.reload();
  await maud.openConversation('Ines Duarte');
  await expect(maud.thread.field).toHaveValue('Half a senten');
  await maud.device.close();

  await maud.device.open();
  await maud.openConversation('Ines Duarte');
  const all = ['The hall is ours from half past five', ...waiting];
  await expect(maud.thread.words).toHaveText(all);
  await expect(maud.thread.field).toHaveValue('Half a senten');
  await expect(maud.footLine).toHaveText(/^No answer/);

  await server.start();
  await maud.page.getByRole('button', { name: 'Try now' }).click();
  await maud.isUpToDate();
  await ines.openConversation('Maud Ekström');
  await expect(ines.thread.words).toHaveText(all, { timeout: 40_000 });
  await expect(maud.thread.tick('And cake', 'Read')).toBeVisible();
  await expect(maud.thread.words).toHaveText(all);
});
