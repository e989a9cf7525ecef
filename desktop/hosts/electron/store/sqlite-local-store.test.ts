import { describeLocalStore } from '../../../engine/ports/testing/local-store-conformance.ts';
import { TestProfile } from '../testing/test-profile.ts';

describeLocalStore(
  'encrypted SQLite',
  async () => {
    const profile = await TestProfile.open();
    return {
      port: () => profile.port,
      restart: () => profile.kill(),
      failNextBatch: (afterWrites) => profile.failNextBatch(afterWrites),
      dispose: () => profile.dispose(),
    };
  },
  { kind: 'kept', canFail: true },
);
