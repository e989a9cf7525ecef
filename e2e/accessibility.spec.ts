import { expectAccessible } from './people/looks.ts';
import { expect, test } from './parley-test.ts';

// What fades in would be judged half way.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious before there is an account, and with nothing written yet', async ({ people }) => {
      test.slow();
      const maud = await people.visit('Maud');
      const { page } = maud;
      await expect(page.getByRole('heading', { name: 'Sign in to Parley' })).toBeVisible();
      await expectAccessible(page, 'sign in');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByText('Type your email first.')).toBeVisible();
      await expectAccessible(page, 'sign in with what is missing');
      await page.getByRole('button', { name: 'Make a new account' }).click();
      await expectAccessible(page, 'sign up');
      await page.getByRole('button', { name: 'I have an account already' }).click();
      await maud.signUp();
      await expectAccessible(page, 'empty');
      await page.getByRole('button', { name: 'New conversation' }).click();
      await expectAccessible(page, 'new conversation');
      await maud.dialog.getByRole('button', { name: 'Add someone by email' }).click();
      await maud.dialog.getByLabel('Their email').fill('nobody@choir.example');
      await maud.dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(maud.dialog.getByText('Nobody here uses that email. Check the spelling.')).toBeVisible();
      await expectAccessible(page, 'add someone, refused');
    });

    test('axe finds nothing serious in conversations, dialogs and settings', async ({ people, server }) => {
      test.slow();
      const [maud, ines, noor] = await people.joinAll('Maud Ekström', 'Ines Duarte', 'Noor Haddad');
      const { page } = maud;
      await maud.addContact(ines.email);
      await expectAccessible(page, 'a conversation without messages');
      await maud.write('Side door at quarter past five? https://choir.example/hall');
      await ines.openConversation('Maud Ekström');
      await ines.write('Perfect. See you there.');
      await ines.thread.field.pressSequentially('And');
      await expect(page.getByText('Ines is typing')).toBeVisible();
      await expectAccessible(page, 'list and thread');
      await maud.showDetails();
      await expectAccessible(page, 'details of a person');
      await page.getByRole('button', { name: 'Hide details' }).click();

      await maud.addContact(noor.email);
      await page.getByRole('button', { name: 'New conversation' }).click();
      await maud.dialog.getByRole('button', { name: 'Start a group' }).click();
      await expectAccessible(page, 'start a group');
      await page.keyboard.press('Escape');
      await maud.createGroup({ title: 'Altos', members: [ines, noor] });
      await ines.openConversation('Altos');
      await ines.write('Has anyone got bar 41 in writing?');
      await expect(maud.thread.message('Has anyone got bar 41 in writing?')).toBeVisible();
      await maud.showDetails();
      await expectAccessible(page, 'group with details');
      await maud.details.getByRole('button', { name: 'Leave group' }).click();
      await expectAccessible(page, 'a question before leaving');
      await page.keyboard.press('Escape');
      await maud.thread.messages.first().hover();
      await expectAccessible(page, 'a message with its actions');

      await page.keyboard.press('ControlOrMeta+k');
      await expect(maud.dialog.getByRole('combobox')).toBeFocused();
      await expectAccessible(page, 'switcher');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Settings' }).click();
      for (const part of ['Your profile', 'Appearance', 'Notifications', 'Language', 'Keyboard']) {
        await page.getByRole('button', { name: part, exact: true }).click();
        await expectAccessible(page, `settings: ${part}`);
      }
      await page.keyboard.press('Escape');

      await page.setViewportSize({ width: 390, height: 844 });
      await expectAccessible(page, 'narrow, details');
      await maud.details.getByRole('button', { name: 'Close' }).click();
      await expectAccessible(page, 'narrow, a thread');
      await server.stop();
      await expect(page.getByText(/^No answer/).first()).toBeAttached();
      await maud.write('Still here');
      await expectAccessible(page, 'narrow, no answer, a message waiting');
      await page.getByRole('button', { name: 'Back to the conversations' }).click();
      await expectAccessible(page, 'narrow, the list');
    });
  });
}
