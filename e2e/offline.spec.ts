import { expect, test } from './parley-test.ts';
import { twoTalking } from './people/two-talking.ts';

test('without an answer from the server writing goes on, the foot line says so, and all goes out on return', async ({
  people,
  server,
}) => {
  const [maud, ines] = await twoTalking(people);

  await server.stop();
  await expect(maud.footLine).toHaveText(/^No answer\. Trying again/);
  await expect(maud.thread.field).toHaveAttribute('placeholder', /It goes out when you’re back online/);
  await maud.write('During, one');
  await maud.write('During, two');
  await expect(maud.thread.tick('During, two', 'Waiting')).toBeVisible();
  await expect(maud.row('Ines').getByRole('img', { name: 'Waiting' })).toBeVisible();

  await server.start();
  await maud.page.getByRole('button', { name: 'Try now' }).click();
  await maud.isUpToDate();
  await ines.isUpToDate();
  await expect(ines.thread.words).toHaveText(['Before', 'During, one', 'During, two']);
  await expect(maud.thread.tick('During, two', 'Read')).toBeVisible();
});

test('without a network the foot line says since when and how much waits, and all goes out on return', async ({
  people,
}) => {
  const [maud, ines] = await twoTalking(people);

  await maud.device.setOffline(true);
  await expect(maud.footLine).toHaveText(/^Offline since/);
  for (const text of ['One', 'Two', 'Three']) await maud.write(text);
  await expect(maud.footLine).toHaveText(/^Offline since .*, 3 waiting$/);
  await expect(maud.thread.region.getByText('Online', { exact: true })).toHaveCount(0);
  await ines.write('Meanwhile');
  await expect(maud.thread.words).toHaveText(['Before', 'One', 'Two', 'Three']);

  await maud.device.setOffline(false);
  await maud.isUpToDate();
  const all = ['Before', 'Meanwhile', 'One', 'Two', 'Three'];
  await expect(maud.thread.words).toHaveText(all);
  await expect(ines.thread.words).toHaveText(all);
});

test('a second device that was away gets messages, markers, new conversations, contacts and drafts', async ({
  people,
}) => {
  const [maud, ines, tobias] = await people.joinAll('Maud', 'Ines', 'Tobias');
  await maud.addContact(ines.email);
  await maud.write('Known on both devices');
  const away = await people.onAnotherDevice(maud);
  await expect(away.row('Ines')).toBeVisible();
  await away.device.close();

  await ines.openConversation('Maud');
  await ines.write('Read on one, so read on both');
  await expect(maud.thread.message('Read on one, so read on both')).toBeVisible();
  await expect(ines.thread.tick('Read on one, so read on both', 'Read')).toBeVisible();
  await maud.addContact(tobias.email, 'The printer');
  await maud.write('Sixty copies, please');
  await tobias.openConversation('Maud');
  await maud.createGroup({ title: 'Posters', members: [ines, { name: 'The printer' }] });
  await maud.write('Here we are three');
  await maud.thread.field.fill('The oak arrives Tuesday, so we');
  await expect(maud.row('Posters').getByText('Draft')).toBeVisible();
  await tobias.write('Not read anywhere yet');
  await expect(maud.row('The printer').getByText('1 unread message')).toBeAttached();

  await away.device.open();
  await away.isUpToDate();
  await expect(away.row('Posters').getByText('The oak arrives Tuesday, so we')).toBeVisible();
  await expect(away.row('The printer').getByText('1 unread message')).toBeAttached();
  await expect(away.row('Ines').getByText(/unread/)).toHaveCount(0);
  await away.openConversation('Ines');
  await expect(away.thread.words).toHaveText(['Known on both devices', 'Read on one, so read on both']);
  await expect(away.thread.tick('Known on both devices', 'Read')).toBeVisible();
  await away.openConversation('Posters');
  await expect(away.thread.field).toHaveValue('The oak arrives Tuesday, so we');
  await expect(away.thread.message('Here we are three')).toBeVisible();

  await away.openConversation('The printer');
  await expect(maud.row('The printer').getByText(/unread/)).toHaveCount(0);
});
