import { afterEach, beforeEach, describe } from 'vitest';
import { describeAccounts, describeRestarts } from './local-store-accounts-rules.ts';
import { describeBatches, describeFaults } from './local-store-batch-rules.ts';
import type { LocalStoreDevice, LocalStoreTraits, OpenDevice } from './local-store-harness.ts';
import { describeMessages } from './local-store-message-rules.ts';
import { describeAgainstModel } from './local-store-model.ts';
import { describeTables } from './local-store-table-rules.ts';

/**
 * What every `LocalStorePort` is held to; the ids are in the titles. An adapter's test file calls this with a way to make an empty
 * device and with what such a device can do.
 */
export function describeLocalStore(name: string, open: OpenDevice, traits: LocalStoreTraits): void {
  describe(`local store: ${name}`, () => {
    let device: LocalStoreDevice;
    beforeEach(async () => {
      device = await open();
    });
    afterEach(() => device.dispose());

    const current = (): LocalStoreDevice => device;
    describeTables(current);
    describeMessages(current);
    describeBatches(current);
    if (traits.canFail) describeFaults(current);
    describeAccounts(current, traits);
    if (traits.kind === 'kept') describeRestarts(current);
    describeAgainstModel(open);
  });
}
