import 'fake-indexeddb/auto';
import { describeLocalStore } from '../../../engine/ports/testing/local-store-conformance.ts';
import { failNextBatch } from './testing/failing-indexeddb.ts';
import { openTestPort } from './testing/test-port.ts';

describeLocalStore(
  'IndexedDB',
  async () => {
    const device = openTestPort();
    return { ...device, failNextBatch, dispose: () => Promise.resolve() };
  },
  { kind: 'kept', canFail: true },
);
