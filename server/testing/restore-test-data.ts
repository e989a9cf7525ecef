import { cpSync, rmSync } from 'node:fs';
import { v4 as mintRandomUuid } from 'uuid';
import { openStorage } from '../open-storage.ts';
import { testConfig } from './test-config.ts';

/** Puts the data folder of a stopped server back as it was, and says so. */
export async function restoreTestData(dataDir: string, backup: string): Promise<void> {
  rmSync(dataDir, { recursive: true });
  cpSync(backup, dataDir, { recursive: true });
  const storage = await openStorage(testConfig(dataDir), () => undefined, undefined, { mustExist: true });
  await storage.renewEpoch(mintRandomUuid());
  await storage.close();
}
