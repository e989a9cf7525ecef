import { runNode } from '../../scripts/run-command.ts';
import { newIdentity, Person } from '../people/person.ts';
import { scrollAndWatch } from '../people/scroll-watch.ts';
import { expect, test } from './shell-test.ts';

const messages = 100_000;
/** The other ninety-nine conversations have ten each. */
const newest = messages - 990;
const readBack = 600;

test('with 100,000 messages and no network: conversations on screen, found by name, read back', async ({ shell }) => {
  test.slow();
  await shell.quit();
  const env = { PATH: process.env['PATH'], ...shell.environment };
  const seeding = await runNode(['scripts/seed-profile.ts', shell.profile, String(messages)], { captured: true, env });
  expect(seeding.exitCode, seeding.output).toBe(0);

  await shell.start();
  await shell.setOffline(true);
  const maud = new Person(newIdentity('Maud Ekström'), shell);
  const rows = maud.list.getByRole('listitem');
  await expect(rows.first()).toContainText(`${newest}. `);
  await expect(rows).toHaveCount(100);
  await expect(maud.footLine).toHaveText(/^Offline since/);

  await maud.page.getByRole('searchbox').fill('priya okaf');
  await expect(rows.first()).toContainText('Priya Okafor');
  await expect(rows.filter({ hasText: 'Ines Duarte' })).toHaveCount(0);
  await maud.openConversation('Priya Okafor');
  await expect(maud.thread.words.last()).toHaveText(/^10\. /);
  await maud.page.getByRole('searchbox').fill('');

  await maud.openConversation('Ines Duarte');
  await expect(maud.thread.words.last()).toHaveText(new RegExp(`^${newest}\\. `));
  const oldestShown = async () => Number.parseInt((await maud.thread.words.first().textContent()) ?? '', 10);
  for (let turns = 0; (await oldestShown()) > newest - readBack; turns += 1) {
    // Always the very top: what has come above has to be fetched without another push.
    await scrollAndWatch(maud.page, 0);
    expect(turns).toBeLessThan(readBack);
  }
  expect(shell.defects).toEqual([]);
});
