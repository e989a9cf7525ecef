import { compare, type Compared, type Pair } from '../arithmetic.ts';
import type { Side, SideName } from './side.ts';

export type Sides = Record<SideName, Side>;

/** Measures product and baseline in turn, each time the other one first, and hands on the pairs. */
export async function inTurn<M>(
  pairs: number,
  measure: (name: SideName) => Promise<M>,
): Promise<Record<SideName, M>[]> {
  const measured: Record<SideName, M>[] = [];
  for (let index = 0; index < pairs; index += 1) {
    if (index % 2 === 0) {
      const product = await measure('product');
      measured.push({ product, baseline: await measure('baseline') });
    } else {
      const baseline = await measure('baseline');
      measured.push({ product: await measure('product'), baseline });
    }
  }
  return measured;
}

export function compareBy<M>(measured: readonly Record<SideName, M>[], valueOf: (one: M) => number): Compared {
  return compare(
    measured.map(({ product, baseline }): Pair => ({ product: valueOf(product), baseline: valueOf(baseline) })),
  );
}
