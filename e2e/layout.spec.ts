import { expectFitsAcross } from './people/looks.ts';
import { expect, test } from './parley-test.ts';

const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel'.repeat(3);

test('in a narrow window list and thread take turns, and nothing is wider than the window', async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  const { page } = maud;
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFitsAcross(page, 'empty');
  await maud.addContact(ines.email);
  await maud.write(longWord);
  await maud.write('Side door?');
  await expectFitsAcross(page, 'thread');
  await expect(maud.list).toBeHidden();
  await maud.showDetails();
  await expectFitsAcross(page, 'details');
  await maud.details.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(maud.row('Ines Duarte')).toBeVisible();
  await expect(maud.thread.field).toBeHidden();
  await expectFitsAcross(page, 'list');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expectFitsAcross(page, 'new conversation');
  await maud.dialog.getByRole('button', { name: 'Start a group' }).click();
  await expectFitsAcross(page, 'start a group');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expectFitsAcross(page, 'settings');
});

test('from right to left everything changes sides, and nothing is wider than the window', async ({ people }) => {
  const [maud, ines] = await people.joinAll('Maud Ekström', 'Ines Duarte');
  await maud.addContact(ines.email);
  await maud.write('نعم، الساعة السابعة مساءً');
  await ines.openConversation('Maud Ekström');
  await ines.write('Perfect. See you there.');
  await expect(maud.thread.words).toHaveCount(2);
  const { page } = maud;
  await page.evaluate(() => void (document.documentElement.dir = 'rtl'));

  const left = async (part: ReturnType<typeof page.getByRole>) => (await part.boundingBox())?.x ?? 0;
  expect(await left(maud.list)).toBeGreaterThan(await left(maud.thread.log));
  const mine = maud.thread.words.filter({ hasText: 'نعم' });
  const theirs = maud.thread.words.filter({ hasText: 'Perfect' });
  expect(await left(mine)).toBeLessThan(await left(theirs));
  await expectFitsAcross(page, 'list and thread');
  await maud.showDetails();
  expect(await left(maud.details)).toBeLessThan(await left(maud.list));
  await expectFitsAcross(page, 'details');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expectFitsAcross(page, 'new conversation');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFitsAcross(page, 'narrow');
});

test('keys: a switcher, the next conversation, what is in front closes', async ({ people }) => {
  const [maud, ines, tobias] = await people.joinAll('Maud', 'Ines', 'Tobias');
  const { page, thread } = maud;
  await maud.addContact(ines.email);
  await maud.write('To Ines');
  await maud.addContact(tobias.email);
  await maud.write('To Tobias');

  // The list begins with whoever was written to last.
  await expect(thread.title('Tobias')).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(thread.title('Ines')).toBeVisible();
  await expect(thread.field).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(thread.title('Tobias')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  const switcher = maud.dialog.getByRole('combobox', { name: 'Go to a person or group' });
  await expect(switcher).toBeFocused();
  await page.keyboard.type('ine');
  await expect(maud.dialog.getByRole('option', { name: /^Ines/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(maud.dialog.getByRole('option', { name: /^Ines/ })).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(maud.dialog).toBeHidden();
  await expect(thread.title('Ines')).toBeVisible();
  await expect(thread.field).toBeFocused();

  await page.keyboard.press('ControlOrMeta+k');
  await expect(switcher).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(maud.dialog).toBeHidden();
  await expect(thread.field).toBeFocused();
  await page.keyboard.type('Written, not sent');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('in two lines');
  await expect(thread.field).toHaveValue('Written, not sent\nin two lines');

  await page.keyboard.press('ControlOrMeta+/');
  await expect(maud.dialog.getByRole('heading', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(thread.field).toHaveValue('Written, not sent\nin two lines');
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves when something opens', async ({ people }) => {
    const maud = await people.join('Maud');
    await maud.page.keyboard.press('ControlOrMeta+k');
    await expect(maud.dialog).toBeVisible();
    const longest = await maud.page.evaluate(() => {
      const seconds = (list: string) =>
        list.split(',').map((time) => parseFloat(time) * (time.includes('ms') ? 0.001 : 1));
      return Math.max(
        ...[...document.querySelectorAll('*')].flatMap((element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element);
          return [...seconds(animationDuration), ...seconds(transitionDuration)];
        }),
      );
    });
    expect(longest).toBeLessThanOrEqual(0.01);
  });
});
