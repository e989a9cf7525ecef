import type { Person } from './people/person.ts';
import { expect, test } from './parley-test.ts';
import { onlyPage } from './tags.ts';
import { twoTalking } from './people/two-talking.ts';
import { signOutEverywhere } from './servers/sign-out-everywhere.ts';

test('signing in with a wrong password says so, and keeps what was typed', async ({ people }) => {
  const maud = await people.join('Maud');
  const elsewhere = await people.visit('Maud');
  await elsewhere.trySignIn({ email: maud.email, password: 'not her password' });
  await expect(elsewhere.page.getByText('That password doesn’t match this email.')).toBeVisible();
  await expect(elsewhere.page.getByLabel('Email', { exact: true })).toHaveValue(maud.email);
  await expect(elsewhere.page.getByLabel('Password', { exact: true })).toBeFocused();
  await elsewhere.trySignIn(maud.identity);
  await elsewhere.isUpToDate();
});

test('signing up says when the e-mail is taken, or the password too short or too easy', async ({ people }) => {
  const maud = await people.join('Maud');
  const stranger = await people.visit('A stranger');
  const { page } = stranger;
  const submit = page.getByRole('button', { name: 'Make the account' });
  await page.getByRole('button', { name: 'Make a new account' }).click();
  await page.getByLabel('Your name', { exact: true }).fill('A stranger');

  await stranger.fillSignIn({ password: 'short' });
  await submit.click();
  await expect(page.getByText('Take at least 8 characters.')).toBeVisible();
  await stranger.fillSignIn({ password: 'password123' });
  await submit.click();
  await expect(page.getByText('That password is too easy to guess. Take a longer one.')).toBeVisible();
  await stranger.fillSignIn({ email: maud.email.toUpperCase() });
  await submit.click();
  await expect(page.getByText('Somebody already uses this email here. Sign in instead?')).toBeVisible();
  await expect(page.getByLabel('Your name', { exact: true })).toHaveValue('A stranger');
  await stranger.fillSignIn();
  await submit.click();
  await stranger.isUpToDate();
});

test('somebody who is not there, or oneself, cannot be added, and what was typed stays', async ({ people }) => {
  const maud = await people.join('Maud');
  await maud.page.getByRole('button', { name: 'New conversation' }).click();
  await maud.dialog.getByRole('button', { name: 'Add someone by email' }).click();
  const field = maud.dialog.getByLabel('Their email');
  const add = maud.dialog.getByRole('button', { name: 'Add', exact: true });
  await field.fill('nobody@choir.example');
  await add.click();
  await expect(maud.dialog.getByText('Nobody here uses that email. Check the spelling.')).toBeVisible();
  await expect(field).toHaveValue('nobody@choir.example');
  await field.fill(maud.email);
  await add.click();
  await expect(maud.dialog.getByText('That’s your own email.')).toBeVisible();
});

test('a message over the limit is not sent and stays in the composer', { tag: onlyPage }, async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud', 'Ines');
  await maud.addContact(ines.email);
  const { page, thread } = maud;
  const tooLong = 'x'.repeat(20_003);
  await thread.field.fill(tooLong);
  await expect(page.getByText('3 characters more than this server takes')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await thread.field.press('Enter');
  await expect(thread.field).toHaveValue(tooLong);
  await expect(thread.messages).toHaveCount(0);
  await thread.field.fill(tooLong.slice(3));
  await expect(page.getByText('0 characters left')).toBeVisible();
  await thread.field.press('Enter');
  await expect(thread.field).toHaveValue('');
  await expect(thread.messages).toHaveCount(1);
});

/** The session is gone; what was written is not. */
async function signsInAgain(maud: Person): Promise<void> {
  await expect(maud.footLine).toHaveText('Signed out here. Sign in to go on');
  await maud.openSignIn();
  await expect(maud.dialog.getByText('What you wrote is still waiting on this device.')).toBeVisible();
  await expect(maud.dialog.getByLabel('Email', { exact: true })).toHaveValue(maud.email);
  await maud.trySignIn({ password: 'a wrong one' });
  await expect(maud.dialog.getByText('That password doesn’t match this email.')).toBeVisible();
  await maud.trySignIn();
  await expect(maud.dialog).toBeHidden();
  await maud.isUpToDate();
}

test('signed out from another device: what is written stays, waits, and goes out after signing in again', async ({
  people,
  server,
}) => {
  const [maud, ines] = await twoTalking(people);
  await maud.thread.field.fill('Half a sen');

  await signOutEverywhere(server.url, maud.identity);
  await expect(maud.footLine).toHaveText('Signed out here. Sign in to go on');
  await expect(maud.thread.field).toHaveValue('Half a sen');
  await maud.write('Half a sentence is enough');
  await expect(maud.thread.tick('Half a sentence is enough', 'Waiting')).toBeVisible();
  await maud.thread.field.fill('And the other ha');

  await signsInAgain(maud);
  await expect(ines.thread.words).toHaveText(['Before', 'Half a sentence is enough']);
  await expect(maud.thread.field).toHaveValue('And the other ha');
});

test('a session that was lost while Parley was closed: everything is still there to read and to write', async ({
  people,
}) => {
  const [maud, ines] = await twoTalking(people);
  await maud.thread.field.fill('Half a sen');
  await expect(maud.thread.tick('Before', 'Read')).toBeVisible();
  await maud.device.close();

  await maud.device.loseSession();
  await maud.device.open();
  await expect(maud.footLine).toHaveText('Signed out here. Sign in to go on');
  await maud.openConversation('Ines');
  await expect(maud.thread.message('Before')).toBeVisible();
  await expect(maud.thread.field).toHaveValue('Half a sen');
  await maud.write('Half a sentence is enough');
  await signsInAgain(maud);
  await expect(ines.thread.words).toHaveText(['Before', 'Half a sentence is enough']);
});

for (const { what, protocol, foot } of [
  { what: 'a client that is too old', protocol: { current: 0, oldestAccepted: 0 }, foot: 'Parley needs an update' },
  {
    what: 'a server that is too old',
    protocol: { current: 99, oldestAccepted: 99 },
    foot: 'This server needs an update',
  },
]) {
  test(`${what} is told apart, and writing goes on`, async ({ people }) => {
    const [maud, ines] = await people.joinAll('Maud', 'Ines');
    await maud.addContact(ines.email);
    await maud.write('In good times');
    await expect(maud.thread.tick('In good times', 'Delivered')).toBeVisible();

    await maud.device.claim(protocol);
    await maud.device.reload();
    await expect(maud.footLine).toHaveText(foot);
    await maud.openConversation('Ines');
    await expect(maud.thread.message('In good times')).toBeVisible();
    await maud.write('For later');
    await expect(maud.thread.tick('For later', 'Waiting')).toBeVisible();
  });
}
