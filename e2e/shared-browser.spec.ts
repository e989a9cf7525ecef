import { expect, test } from './parley-test.ts';
import { Person } from './people/person.ts';
import { twoTalking } from './people/two-talking.ts';

test('who signs in after somebody else in the same browser sees nothing of theirs, and sends nothing for them', async ({
  people,
}) => {
  const [maud, ines] = await twoTalking(people);
  const noor = await people.join('Noor');
  await expect(maud.thread.tick('Before', 'Read')).toBeVisible();
  await maud.device.close();
  await maud.device.loseSession();
  await maud.device.open();
  await expect(maud.footLine).toHaveText('Signed out here. Sign in to go on');
  await maud.openConversation('Ines');
  await maud.write('Only from Maud');

  const noorHere = new Person(noor.identity, maud.device);
  await noorHere.openSignIn();
  await noorHere.trySignIn();
  await expect(noorHere.page.getByText('Quiet so far, Noor')).toBeVisible();
  await noorHere.isUpToDate();
  await noorHere.device.reload();
  await expect(noorHere.page.getByText('Quiet so far, Noor')).toBeVisible();
  await noorHere.isUpToDate();
  await expect(noorHere.page.getByText(/Maud|Ines|Before/)).toHaveCount(0);
  await expect(ines.thread.words).toHaveText(['Before']);

  await noorHere.page.getByRole('button', { name: 'Settings' }).click();
  await noorHere.page.getByRole('button', { name: 'Sign out' }).click();
  await noorHere.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await maud.signIn();
  await expect(ines.thread.words).toHaveText(['Before', 'Only from Maud']);
});
