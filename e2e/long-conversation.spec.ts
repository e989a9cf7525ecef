import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../scripts/run-command.ts';
import { expect, test } from './parley-test.ts';
import { type ScrollSighting, scrollAndWatch, watchFrames } from './people/scroll-watch.ts';

const messages = 100_000;
const elementsMax = 1_500;
const driftMaxPx = 1;

const seeded = test.extend<{ seededData: string }>({
  // oxlint-disable-next-line no-empty-pattern
  seededData: async ({}, provide) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-long-'));
    const { exitCode, output } = await runNode(['scripts/seed-conversation.ts', dataDir, String(messages)], {
      captured: true,
    });
    expect(exitCode, output).toBe(0);
    await provide(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  },
  serverData: async ({ seededData }, provide) => provide(seededData),
});

seeded('through thousands of 100,000 messages little is in the document and nothing read moves', async ({ people }) => {
  seeded.slow();
  const maud = await people.visit('Maud Ekström');
  Object.assign(maud.identity, { email: 'maud@seed.example', password: 'a long conversation' });
  await maud.signIn();
  await maud.openConversation('Ines Duarte');
  const { page, thread } = maud;
  await expect(thread.messages.last()).toContainText(`${messages}. `);
  await expect(thread.messages.last()).toBeInViewport();

  // Every other turn hits the very top before the page is there.
  const sightings: ScrollSighting[] = [];
  const oldestShown = async () => Number.parseInt((await thread.words.first().textContent()) ?? '', 10);
  while ((await oldestShown()) > messages - 3_000) {
    sightings.push(await scrollAndWatch(page, sightings.length % 2 === 0 ? 900 : 0));
    expect(sightings.length).toBeLessThan(200);
  }
  const arrivals = sightings.filter(({ hasGrown }) => hasGrown);
  expect(arrivals.length).toBeGreaterThan(10);
  const drift = Math.max(...sightings.map(({ driftPx }) => driftPx));
  expect.soft(drift).toBeLessThanOrEqual(driftMaxPx);
  expect.soft(Math.max(...sightings.map(({ elements }) => elements))).toBeLessThanOrEqual(elementsMax);

  const box = await thread.log.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  const wheel = await watchFrames(page, async () => {
    for (const direction of [-1, 1]) {
      for (let turn = 0; turn < 100; turn += 1) await page.mouse.wheel(0, direction * 600);
    }
  });
  seeded.info().annotations.push({
    type: 'scrolling',
    description: JSON.stringify({ ...wheel, arrivals: arrivals.length, driftPx: drift }),
  });
  expect.soft(wheel.elements).toBeLessThanOrEqual(elementsMax);

  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(thread.messages.last()).toContainText(`${messages}. `);
  await expect(thread.messages.last()).toBeInViewport();
  // Where the pointer is, the actions stand in the place of the tick.
  await page.mouse.move(0, 0);
  await maud.write('And one more');
  await expect(thread.tick('And one more', 'Sent')).toBeVisible();
});
