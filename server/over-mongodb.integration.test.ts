import { describe } from 'vitest';
import { testMongodb } from './testing/test-mongodb.ts';
import { keepTestDataIn } from './testing/test-store.ts';

/** Every suite that holds the whole server to what it promises, over the other database. */
const suites = [
  () => import('./domain/policies/authorization.integration.test.ts'),
  () => import('./domain/conversations/messages.integration.test.ts'),
  () => import('./domain/conversations/intrusion.integration.test.ts'),
  () => import('./domain/conversations/markers.integration.test.ts'),
  () => import('./domain/conversations/groups.integration.test.ts'),
  () => import('./domain/feeds/contacts.integration.test.ts'),
  () => import('./domain/feeds/drafts.integration.test.ts'),
  () => import('./domain/feeds/notices.integration.test.ts'),
  () => import('./domain/sync/sync.integration.test.ts'),
  () => import('./domain/live/live.integration.test.ts'),
  () => import('./domain/repeated-intents.integration.test.ts'),
];

const mongodb = await testMongodb();

describe.skipIf('missing' in mongodb)('over MongoDB', () => {
  if ('url' in mongodb) keepTestDataIn(mongodb.url);
  // Each in a group of its own, so that what it sets up and takes down is its own.
  for (const [index, load] of suites.entries()) describe(`suite ${index + 1}`, async () => void (await load()));
});
