import type { Person } from './people/person.ts';
import { expect, test } from './parley-test.ts';

/** High enough for every message of the spec to be on screen. */
const tallWindow = { width: 1000, height: 4000 };
const messagesEach = 12;

/** Sends one after the other, as fast as the composer takes them. */
async function chatter(person: Person): Promise<void> {
  for (let number = 1; number <= messagesEach; number += 1) await person.write(`${person.name} ${number}`);
}

test('killed while three send: afterwards each message is there once, in one order, and all have gone out', async ({
  people,
  server,
}) => {
  test.slow();
  const trio = await people.joinAll('Maud', 'Ines', 'Tobias');
  const [maud, ines, tobias] = trio;
  for (const { page } of trio) await page.setViewportSize(tallWindow);
  await maud.addContact(ines.email);
  await maud.addContact(tobias.email);
  await maud.createGroup({ title: 'Trio', members: [ines, tobias] });
  await maud.write('Begin');
  for (const person of [ines, tobias]) await person.openConversation('Trio');

  // In the middle of the sending: some of it is confirmed, some is under way, some is not written yet.
  const sending = Promise.all(trio.map((person) => chatter(person)));
  await expect(maud.thread.message(`Ines ${messagesEach / 3}`)).toBeVisible();
  await server.kill9();
  await sending;
  const confirmed: string[] = [];
  for (const { thread } of trio) {
    const kept = thread.messages.filter({ has: thread.page.getByRole('img', { name: /^(Sent|Delivered|Read)$/ }) });
    confirmed.push(...(await kept.getByRole('paragraph').allTextContents()));
    await expect(thread.messages.getByRole('img', { name: 'Waiting' })).not.toHaveCount(0);
  }
  expect(confirmed).not.toHaveLength(0);

  await server.start();
  for (const person of trio) {
    await person.isUpToDate();
    await expect(person.thread.messages.getByRole('img', { name: 'Waiting' })).toHaveCount(0, { timeout: 20_000 });
    await expect(person.thread.words).toHaveCount(1 + trio.length * messagesEach, { timeout: 20_000 });
  }
  const order = await maud.thread.words.allTextContents();
  const sent = trio.flatMap(({ name }) => Array.from({ length: messagesEach }, (_, index) => `${name} ${index + 1}`));
  expect(order.toSorted()).toEqual(['Begin', ...sent].toSorted());
  expect(order).toEqual(expect.arrayContaining(confirmed));
  for (const { name } of trio) {
    expect(order.filter((words) => words.startsWith(`${name} `))).toEqual(
      sent.filter((words) => words.startsWith(name)),
    );
  }
  for (const { thread } of [ines, tobias]) await expect(thread.words).toHaveText(order);
});

test('what a closed Parley still had to send goes out when it is opened again', async ({ people, server }) => {
  const [maud, ines] = await Promise.all([people.join('Maud', { isOnDisk: true }), people.join('Ines')]);
  await maud.addContact(ines.email);
  await maud.write('While all is well');
  await ines.openConversation('Maud');
  await expect(maud.thread.tick('While all is well', 'Read')).toBeVisible();

  await server.kill9();
  await expect(maud.footLine).toHaveText(/^No answer/);
  for (const text of ['First of three', 'Second of three', 'Third of three']) await maud.write(text);
  await expect(maud.thread.tick('Third of three', 'Waiting')).toBeVisible();
  await maud.device.close();

  await server.start();
  await ines.isUpToDate();
  await expect(ines.thread.words).toHaveText(['While all is well']);
  await maud.device.open();
  const all = ['While all is well', 'First of three', 'Second of three', 'Third of three'];
  await expect(ines.thread.words).toHaveText(all);
  await maud.openConversation('Ines');
  await expect(maud.thread.words).toHaveText(all);
  await expect(maud.thread.tick('Third of three', 'Read')).toBeVisible();
});
