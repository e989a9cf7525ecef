import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import fc from 'fast-check';
import { assert, describe, expect, test } from 'vitest';
import type { LocalStore, LocalWrite } from '../local-store.ts';
import { exampleProfile, forgetMessages, putDraft, putMessage } from './example-records.ts';
import type { LocalStoreDevice, OpenDevice } from './local-store-harness.ts';

/** What a store should hold, said as plainly as possible. */
class Model {
  readonly records = new Map<string, unknown>();
  readonly messages = new Map<string, { conversationId: string; message: ReceivedMessage }>();

  apply(batch: readonly LocalWrite[]): void {
    for (const write of batch) {
      if (write.table !== 'messages') this.records.set(`${write.table} ${write.key}`, write.value);
      else if (write.message === null) this.#forget(write.conversationId);
      else {
        const place = `${write.conversationId} ${write.message.seq}`;
        this.messages.set(place, { conversationId: write.conversationId, message: write.message });
      }
    }
  }

  #forget(conversationId: string): void {
    for (const [place, held] of this.messages) {
      if (held.conversationId === conversationId) this.messages.delete(place);
    }
  }

  table(name: string): unknown[] {
    return [...this.records].filter(([key, value]) => key.startsWith(`${name} `) && value !== null).map(([, v]) => v);
  }

  messagesOf(conversationId: string): ReceivedMessage[] {
    return [...this.messages.values()]
      .filter((held) => held.conversationId === conversationId)
      .map(({ message }) => message)
      .toSorted((one, other) => one.seq - other.seq);
  }
}

interface Real {
  device: LocalStoreDevice;
  store: LocalStore;
}
type Step = fc.AsyncCommand<Model, Real>;

const conversationId = fc.constantFrom('c1', 'c2', 'c');
const seq = fc.integer({ min: 1, max: 12 });
const write: fc.Arbitrary<LocalWrite> = fc.oneof(
  fc.tuple(conversationId, seq, fc.nat(99)).map(([id, at, rev]) => putMessage(id, at, { id: `m${at}-${rev}`, rev })),
  conversationId.map(forgetMessages),
  fc.tuple(conversationId, fc.string()).map(([id, text]) => putDraft(id, text)),
  conversationId.map((key): LocalWrite => ({ table: 'drafts', key, value: null })),
  fc
    .tuple(fc.constantFrom('u1', 'u2'), fc.nat(9))
    .map(([key, version]): LocalWrite => ({ table: 'profiles', key, value: exampleProfile(key, { version }) })),
);

function step(name: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return { check: () => true, run, toString: () => name };
}

const writeBatches = fc.array(fc.array(write, { maxLength: 6 }), { maxLength: 3 }).map((batches) =>
  step(`write ${JSON.stringify(batches)}`, async (model, { store }) => {
    await Promise.all(batches.map((batch) => store.write(batch)));
    batches.forEach((batch) => model.apply(batch));
  }),
);

const failBatch = fc.tuple(fc.array(write, { minLength: 1, maxLength: 6 }), fc.nat(5)).map(([batch, afterWrites]) =>
  step(`fail ${JSON.stringify(batch)} after ${afterWrites}`, async (_, { device, store }) => {
    if (!device.failNextBatch) return;
    device.failNextBatch(Math.min(afterWrites, batch.length - 1));
    const outcome = await store.write(batch).then(
      () => 'written',
      () => 'refused',
    );
    assert.equal(outcome, 'refused');
  }),
);

const readRange = fc
  .record({ conversationId, fromSeq: seq, toSeq: seq, limit: fc.nat(6), take: fc.constantFrom('oldest', 'newest') })
  .map((range) =>
    step(`read ${JSON.stringify(range)}`, async (model, { store }) => {
      const within = model
        .messagesOf(range.conversationId)
        .filter((message) => message.seq >= range.fromSeq && message.seq <= range.toSeq);
      const expected =
        range.take === 'oldest' ? within.slice(0, range.limit) : within.toReversed().slice(0, range.limit).toReversed();
      assert.deepEqual(await store.readMessages(range), expected);
    }),
  );

const compareAll = step('compare', async (model, { store }) => {
  const byText = (values: unknown[]): string[] => values.map((value) => JSON.stringify(value)).toSorted();
  for (const table of ['drafts', 'profiles'] as const) {
    assert.deepEqual(byText(await store.readAll(table)), byText(model.table(table)));
  }
  for (const id of ['c1', 'c2', 'c']) {
    const messages = model.messagesOf(id);
    const found = await store.findMessages(
      id,
      messages.map((message) => message.id),
    );
    assert.deepEqual(byText(found), byText(messages));
  }
});

const reopen = step('close and open', async (_, real) => {
  await real.store.close();
  real.store = await real.device.port().open('a');
});

const restart = step('kill and start', async (_, real) => {
  if (!real.device.restart) return;
  await real.device.restart();
  real.store = await real.device.port().open('a');
});

export function describeAgainstModel(open: OpenDevice): void {
  describe('any sequence of steps', () => {
    test('LS1-LS16 agrees with the model', { timeout: 60_000 }, async () => {
      const steps = [writeBatches, failBatch, readRange, fc.constantFrom(compareAll, reopen, restart)];
      const checked = fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 25 }), async (commands) => {
          const device = await open();
          try {
            const real = { device, store: await device.port().open('a') };
            const model = new Model();
            await fc.asyncModelRun(() => ({ model, real }), commands);
            await compareAll.run(model, real);
          } finally {
            await device.dispose();
          }
        }),
        { numRuns: 40 },
      );
      await expect(checked).resolves.toBeUndefined();
    });
  });
}
