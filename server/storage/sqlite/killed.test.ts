import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { assertConsistent } from '../conformance/consistency.ts';
import { mintId } from '../conformance/examples.ts';
import { SqliteDataSet } from './testing/sqlite-harness.ts';

/** Runs a process that commits, kills it after so many acknowledgements, and answers their ids. */
async function killAfter(data: SqliteDataSet, conversationId: string, acknowledgements: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./testing/commit-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, data.path, data.key.toString('hex'), conversationId]);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.split('\n').length > acknowledgements) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return printed.split('\n').slice(0, -1);
}

test(
  'D12 after kill -9 every acknowledged message is there, and the file is free again',
  { timeout: 30_000 },
  async () => {
    const data = new SqliteDataSet();
    for (const acknowledgements of [1, 30]) {
      const conversationId = mintId();
      const ids = await killAfter(data, conversationId, acknowledgements);
      expect(ids.length).toBeGreaterThanOrEqual(acknowledgements);
      const storage = await data.open();
      for (const id of ids) expect(await storage.conversations.findMessage(id)).not.toBeNull();
      await assertConsistent(storage, conversationId);
      await storage.close();
    }
    await data.dispose();
  },
);
