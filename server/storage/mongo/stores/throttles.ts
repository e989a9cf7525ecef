import type { ThrottleStore } from '../../port/accounts.ts';
import { anyOf, between } from '../collection.ts';
import type { StoreParts } from './store-parts.ts';

export function createThrottleStore({ collections: { throttles } }: StoreParts): ThrottleStore {
  /** Two out for one in: the collection stays small without a sweep. */
  async function removeEnded(at: number): Promise<void> {
    const ended = await throttles.find({ endsAt: between(0, at) }, { sort: { endsAt: 1 }, limit: 2, fields: ['_id'] });
    if (ended.length > 0)
      await throttles.removeAll({ _id: anyOf(ended.map(({ _id }) => _id)), endsAt: between(0, at) });
  }

  return {
    async add(key, windowMs, at) {
      const isRunning = { $gt: ['$endsAt', at] };
      const { tries, endsAt } = await throttles.compute(key, {
        tries: { $cond: [isRunning, { $add: ['$tries', 1] }, 1] },
        endsAt: { $cond: [isRunning, '$endsAt', at + windowMs] },
      });
      if (tries === 1) await removeEnded(at);
      return { tries, endsAt };
    },
    async read(key, at) {
      const found = await throttles.findOne({ _id: key });
      return found === null || at >= found.endsAt ? null : { tries: found.tries, endsAt: found.endsAt };
    },
    async clear(key) {
      await throttles.removeAll({ _id: key });
    },
  };
}
