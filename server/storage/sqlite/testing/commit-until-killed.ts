// Commits messages and prints the id of each once it is acknowledged, until it is killed.
// Usage: node commit-until-killed.ts <path> <key, hexadecimal> <conversation id>
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createGroup, sendText } from '../../conformance/small-domain.ts';
import { openSqliteStorage } from '../sqlite-storage.ts';

const [path = '', key = '', conversationId = ''] = process.argv.slice(2);
const storage = await openSqliteStorage({
  path,
  key: Buffer.from(key, 'hex'),
  mint: { serverId: randomUUID(), epoch: randomUUID() },
});
const authorId = randomUUID();
await createGroup(storage, { id: randomUUID(), conversationId, authorId, memberIds: [] });
for (;;) {
  const ids = Array.from({ length: 5 }, () => randomUUID());
  await Promise.all(
    ids.map(async (id) => {
      await sendText(storage, { id, conversationId, authorId, text: 'to be killed' });
      writeSync(1, `${id}\n`);
    }),
  );
}
