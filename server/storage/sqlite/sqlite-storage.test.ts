import { describeStorage } from '../conformance/describe-storage.ts';
import { sqliteHarness } from './testing/sqlite-harness.ts';

describeStorage('SQLite', sqliteHarness);
