import type { Person } from './people/person.ts';
import { expect, type People, test } from './parley-test.ts';
import { onlyPage } from './tags.ts';

/** High enough for every message of the spec to be on screen. */
const tallWindow = { width: 1000, height: 3000 };

/** Maud has everybody among her contacts. */
async function choir(people: People): Promise<readonly [Person, ...Person[]]> {
  const all = await people.joinAll('Maud', 'Ines', 'Tobias', 'Noor', 'Bartek');
  const [maud, ...others] = all;
  for (const { page } of all) await page.setViewportSize(tallWindow);
  for (const { email } of others) await maud.addContact(email);
  return all;
}

test('five people who write at once have everything in the same order', async ({ people }) => {
  test.slow();
  const all = await choir(people);
  const [maud, ...others] = all;
  await maud.createGroup({ title: 'Advent concert', members: others });
  await maud.write('Who brings the mulled wine?');
  for (const person of others) await person.openConversation('Advent concert');

  await Promise.all(
    all.map(async (person) => {
      for (const number of [1, 2, 3, 4]) await person.write(`${person.name} ${number}`);
    }),
  );
  for (const { thread } of all) {
    await expect(thread.words).toHaveCount(1 + 5 * 4);
    await expect(thread.messages.getByRole('img', { name: 'Waiting' })).toHaveCount(0);
  }
  const order = await maud.thread.words.allTextContents();
  expect(new Set(order).size).toBe(order.length);
  for (const { thread } of others) await expect(thread.words).toHaveText(order);
  await expect(maud.thread.tick(order.findLast((words) => words.startsWith('Maud')) ?? '', 'Read')).toBeVisible();
});

test('who is removed gets nothing afterwards, sees why, and keeps what came before', async ({ people }) => {
  test.slow();
  const [maud, ines, tobias, ...others] = await people.joinAll('Maud', 'Ines', 'Tobias', 'Noor', 'Bartek');
  for (const { email } of [ines, tobias, ...others]) await maud.addContact(email);
  await maud.createGroup({ title: 'Advent concert', members: [ines, tobias, ...others] });
  await maud.write('For everybody');
  await tobias.openConversation('Advent concert');
  await expect(tobias.thread.message('For everybody')).toBeVisible();
  await ines.openConversation('Advent concert');

  await maud.removeMember(tobias);
  await expect(tobias.thread.field).toHaveCount(0);
  await expect(
    tobias.thread.region.getByText('Maud removed you. What came before stays readable.').last(),
  ).toBeVisible();
  await maud.write('Not for Tobias');
  await expect(ines.thread.message('Not for Tobias')).toBeVisible();
  await expect(ines.thread.region.getByText('Maud removed Tobias')).toBeVisible();
  await expect(ines.thread.region.getByText(/^4 members/)).toBeVisible();

  // Anything for him that was under way has arrived before this.
  await maud.openConversation('Tobias');
  await maud.write('Sorry, Tobias');
  await expect(tobias.row('Maud').getByText('1 unread message')).toBeAttached();
  await expect(tobias.thread.words.filter({ hasText: 'Not for Tobias' })).toHaveCount(0);
  await tobias.device.reload();
  await tobias.isUpToDate();
  await tobias.openConversation('Advent concert');
  await expect(tobias.thread.message('For everybody')).toBeVisible();
  await expect(tobias.page.getByText('Not for Tobias')).toHaveCount(0);
  await expect(
    tobias.thread.region.getByText('Maud removed you. What came before stays readable.').last(),
  ).toBeVisible();
});

for (const { history, sees } of [
  { history: 'Everything', sees: ['Before Noor', 'With Noor'] },
  { history: 'From when they joined', sees: ['With Noor'] },
] as const) {
  test(`who is added later to a group that shows "${history}" sees that`, { tag: onlyPage }, async ({ people }) => {
    const [maud, ines, noor] = await people.joinAll('Maud', 'Ines', 'Noor');
    for (const { email } of [ines, noor]) await maud.addContact(email);
    await maud.createGroup({ title: 'Altos', members: [ines], history });
    await maud.write('Before Noor');
    await ines.openConversation('Altos');
    await expect(ines.thread.words).toHaveText(['Before Noor']);

    await maud.addMember(noor);
    await maud.write('With Noor');
    await expect(ines.thread.words).toHaveText(['Before Noor', 'With Noor']);
    await noor.openConversation('Altos');
    await expect(noor.thread.words).toHaveText(sees);
    await noor.device.reload();
    await noor.isUpToDate();
    await noor.openConversation('Altos');
    await expect(noor.thread.words).toHaveText(sees);
  });
}
