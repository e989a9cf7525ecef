import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedStream } from './ordered-stream.ts';

type Span = [after: number, rev: number];

/** A stream over a store that holds revs 1 to `head`, and what it told. */
function streamOver(head: number, readFails: () => boolean = () => false) {
  const told: Span[] = [];
  const passed: Span[] = [];
  const failures: unknown[] = [];
  const offer = ([after, rev]: Span) =>
    stream.offer({ after, rev, tell: () => void told.push([after, rev]), pass: () => void passed.push([after, rev]) });
  const stream: OrderedStream = new OrderedStream(
    async (after) => {
      await Promise.resolve();
      if (readFails()) throw new Error('The storage is away');
      if (after < head) offer([after, Math.min(after + 5, head)]);
    },
    (error) => failures.push(error),
  );
  return { stream, told, passed, failures, offer };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('D13 in any order, doubled, overlapping and with gaps: each rev is told once and in a row', async () => {
  const head = 30;
  const span = fc
    .tuple(fc.integer({ min: 0, max: head - 1 }), fc.integer({ min: 1, max: 4 }))
    .map(([after, length]): Span => [after, Math.min(after + length, head)]);
  await fc.assert(
    fc.asyncProperty(fc.array(span, { maxLength: 40 }), fc.nat(head), fc.nat(20), async (spans, startAt, pause) => {
      const { stream, told, passed, offer } = streamOver(head);
      const startBefore = spans.length === 0 ? 0 : pause % spans.length;
      let from = startAt;
      for (const [index, one] of spans.entries()) {
        if (index === startBefore) {
          from = Math.min(startAt, ...spans.slice(0, index).map(([after]) => after));
          stream.start(startAt);
        }
        offer(one);
        if (index % 7 === pause % 7) await settled();
      }
      if (spans.length === 0) stream.start(startAt);
      await settled();
      await settled();
      let at = from;
      for (const [after, rev] of told) {
        expect(after).toBe(at);
        at = rev;
      }
      expect(at).toBe(stream.told);
      expect(at).toBeGreaterThanOrEqual(Math.max(from, ...spans.map(([, rev]) => rev)));
      expect(passed.every(([, rev]) => rev <= at)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('D13 what was offered before the start is told, even where the start was read after it', () => {
  const { stream, told, offer } = streamOver(10);
  offer([4, 5]);
  offer([5, 6]);
  expect(told).toEqual([]);
  stream.start(6);
  expect(told).toEqual([
    [4, 5],
    [5, 6],
  ]);
});

test('D13 what is covered is passed over, so that what hangs on it still happens', () => {
  const { stream, told, passed, offer } = streamOver(10);
  stream.start(6);
  offer([4, 5]);
  expect([told, passed]).toEqual([[], [[4, 5]]]);
});

test('D13 a step that begins below what was told is read anew from there: a device would drop it whole', async () => {
  const { stream, told, offer } = streamOver(8);
  stream.start(5);
  offer([3, 8]);
  await settled();
  expect(told).toEqual([[5, 8]]);
});

test('D13 a refill that fails is reported and tried again with the next step', async () => {
  let fails = true;
  const { stream, told, failures, offer } = streamOver(4, () => fails);
  stream.start(1);
  offer([2, 3]);
  await settled();
  expect([told, failures.length]).toEqual([[], 1]);
  fails = false;
  offer([3, 4]);
  await settled();
  expect(told).toEqual([[1, 4]]);
});

test('D13 a gap wider than one reading is filled to its end without another step', async () => {
  const { stream, told, offer } = streamOver(23);
  stream.start(1);
  offer([22, 23]);
  await settled();
  expect(told.at(-1)?.[1]).toBe(23);
  expect(stream.told).toBe(23);
});
