import { describe } from 'vitest';
import { testMongodb } from '../../testing/test-mongodb.ts';
import { describeStorage } from '../conformance/describe-storage.ts';
import { mongoHarness } from './testing/mongo-harness.ts';

const mongodb = await testMongodb();

describe.skipIf('missing' in mongodb)('over MongoDB', () => {
  describeStorage('MongoDB', mongoHarness('url' in mongodb ? mongodb.url : ''), 600_000);
});
