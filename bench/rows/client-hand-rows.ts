import type { Desk } from '../client/desk.ts';
import { openEach, scrollFrames, writeEach } from '../client/in-page.ts';
import { median, quantile } from '../arithmetic.ts';
import type { CountRow, TableRow } from '../table.ts';
import type { Effort } from './effort.ts';
import { compareBy, inTurn } from './in-turn.ts';

const opened = 50;
/** Some sixty messages of a line or two. */
const nearPx = 3_600;
const stepPx = 120;
const framesPerTurn = 240;

/** K2 and K5: scrolling, opening and writing, without a network, on what is kept. */
export async function handRows(desk: Desk, profile: string, effort: Effort): Promise<(TableRow | CountRow)[]> {
  const shell = await desk.start('parley', await desk.copyOf(profile));
  const { page } = shell;
  const openMs = await openEach(page, opened);
  const texts = Array.from({ length: effort.writtenMessages }, (_, index) => `Said for the ${index + 1}th time`);
  const writeMs = await writeEach(page, texts);

  await page.locator('[data-row]').first().click();
  const scrolled = await inTurn(effort.startPairs, (side) => {
    const way = { frames: framesPerTurn, stepPx };
    return scrollFrames(page, side === 'product' ? way : { ...way, withinPx: nearPx });
  });
  await shell.end();
  const frames = scrolled.flatMap(({ product }) => product.frameMs);
  return [
    {
      id: 'K2',
      name: 'frame while scrolling 100000, p99, to within 60 messages',
      unit: 'ms',
      compared: compareBy(scrolled, ({ frameMs }) => quantile(frameMs, 0.99)),
      goal: { bound: 'at-most', value: 1.1 },
    },
    {
      id: 'K2',
      name: 'longest frame while scrolling 100000',
      unit: 'ms',
      value: Math.max(...frames),
      goal: { bound: 'at-most', value: 50 },
    },
    {
      id: 'K2',
      name: 'elements of the conversation, at most',
      unit: '',
      value: Math.max(...scrolled.map(({ product }) => product.mostElements)),
      goal: { bound: 'at-most', value: 1_500 },
    },
    ...timeRows('Enter to own message on screen', writeMs, 0.99, 33),
    ...timeRows('open a conversation', openMs, 0.95, 100),
  ];
}

/** The median beside what nearly all stay below: where neighbours are busy, only it is ours. */
function timeRows(what: string, tookMs: readonly number[], share: number, limitMs: number): CountRow[] {
  const row = { id: 'K5', unit: 'ms' };
  return [
    {
      ...row,
      name: `${what}, p${share * 100} of ${tookMs.length}`,
      value: quantile(tookMs, share),
      goal: { bound: 'at-most', value: limitMs },
    },
    { ...row, name: `${what}, p50`, value: median(tookMs) },
  ];
}
