import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hole } from '../ports/local-store.ts';
import { addHole, closeHoles, holeAt, visibleCount } from './holes.ts';

const top = 60;
const stretch = fc
  .tuple(fc.integer({ min: 1, max: top }), fc.integer({ min: -1, max: 20 }))
  .map(([fromSeq, length]): Hole => ({ fromSeq, toSeq: Math.min(top, fromSeq + length) }));

function seqsIn(holes: readonly Hole[]): Set<number> {
  const seqs = new Set<number>();
  for (const { fromSeq, toSeq } of holes) for (let seq = fromSeq; seq <= toSeq; seq += 1) seqs.add(seq);
  return seqs;
}

/** Holes as they come to be: new ones only above everything held, and pages that fill anywhere. */
const history = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('skip' as const), length: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ kind: fc.constant('fill' as const), filled: stretch }),
  ),
  { maxLength: 30 },
);

test('D4 holes are the set of the seqs that are not held, sorted and apart from each other', () => {
  fc.assert(
    fc.property(history, (steps) => {
      let holes: Hole[] = [];
      let model = new Set<number>();
      let highest = 0;
      for (const step of steps) {
        if (step.kind === 'skip') {
          const hole = { fromSeq: highest + 1, toSeq: highest + step.length };
          highest += step.length + 1;
          holes = addHole(holes, hole);
          for (const seq of seqsIn([hole])) model.add(seq);
        } else {
          holes = closeHoles(holes, step.filled);
          model = new Set([...model].filter((seq) => seq < step.filled.fromSeq || seq > step.filled.toSeq));
        }
        expect([...seqsIn(holes)]).toEqual([...model].toSorted((a, b) => a - b));
        for (const [index, hole] of holes.entries()) {
          expect(hole.fromSeq).toBeLessThanOrEqual(hole.toSeq);
          expect(hole.fromSeq).toBeGreaterThan((holes[index - 1]?.toSeq ?? -1) + 1);
        }
        for (let seq = 1; seq <= top; seq += 7) expect(holeAt(holes, seq) !== undefined).toBe(model.has(seq));
      }
    }),
  );
});

test('D4 an empty stretch opens and closes nothing', () => {
  const holes = [{ fromSeq: 3, toSeq: 9 }];
  expect(addHole(holes, { fromSeq: 12, toSeq: 11 })).toEqual(holes);
  expect(closeHoles(holes, { fromSeq: 6, toSeq: 5 })).toEqual(holes);
});

test('D16 of a hole only what the ranges show is counted', () => {
  fc.assert(
    fc.property(stretch, fc.array(fc.tuple(stretch, fc.boolean()), { maxLength: 3 }), (hole, spans) => {
      // Ranges never overlap: each begins where the one before has ended.
      let from = 1;
      const ranges = spans.map(([{ fromSeq, toSeq }, isOpen], index) => {
        const begin = from + (fromSeq % 10);
        const end = begin + Math.max(0, toSeq - fromSeq);
        from = end + 1;
        const isGrowing = isOpen && index === spans.length - 1;
        return { fromRev: 1, fromSeq: begin, ...(!isGrowing && { untilRev: 1, untilSeq: end }) };
      });
      const seen = [...seqsIn([hole])].filter((seq) =>
        ranges.some((range) => seq >= range.fromSeq && seq <= (range.untilSeq ?? Infinity)),
      );
      expect(visibleCount(ranges, hole)).toBe(seen.length);
    }),
  );
});
