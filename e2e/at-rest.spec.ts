import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callRest } from '@parley/server/testing/rest-client.ts';
import { newIdentity, Person } from './people/person.ts';
import { expect, test } from './parley-test.ts';

// Logs that say as much as they can.
test.use({ serverEnvironment: { LOG_LEVEL: 'trace' } });

/** Every place in `folder` where one of the words stands in the clear, in the encodings that databases and logs use. */
async function placesOf(words: readonly string[], folder: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const word of words) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        if (bytes.includes(Buffer.from(word, encoding))) found.push(`${entry.name} (${encoding}): ${word}`);
      }
    }
  }
  return found;
}

test('the search finds a word in the clear in either encoding', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-canary-'));
  await writeFile(join(folder, 'plain'), 'before zebrafinch after');
  await writeFile(join(folder, 'wide'), Buffer.from('before zebrafinch after', 'utf16le'));
  expect(await placesOf(['zebrafinch', 'absent'], folder)).toEqual([
    'plain (utf8): zebrafinch',
    'wide (utf16le): zebrafinch',
  ]);
  await rm(folder, { recursive: true });
});

test('database, its log and the server’s logs hold nothing that people wrote, are called or sign in with', async ({
  people,
  server,
}) => {
  const canary = {
    name: 'Quillonwren Zephyrbottle',
    message: 'a xylophonic marmoset wrote this',
    title: 'Vexillology of Umbrellas',
    draft: 'half a gibberwocky sente',
    alias: 'Her Flumpness',
  };
  const ines = await people.join('Ines');
  const visitor = await people.visit(canary.name);
  const maud = new Person({ ...newIdentity(canary.name), email: 'quokkafeather@zanzibarquay.example' }, visitor.device);
  await maud.signUp();
  await maud.addContact(ines.email, canary.alias);
  await maud.write(canary.message);
  await ines.openConversation(canary.name);
  await expect(maud.thread.tick(canary.message, 'Read')).toBeVisible();
  await maud.createGroup({ title: canary.title, members: [{ name: canary.alias }] });
  await maud.thread.field.fill(canary.draft);
  await expect(maud.row(canary.title).getByText('Draft')).toBeVisible();
  const other = await people.onAnotherDevice(maud);
  await expect(other.row(canary.title).getByText(canary.draft)).toBeVisible();

  // The program's way in, with secrets that can be looked for; also where it is refused.
  const { email, password } = maud.identity;
  const device = { deviceId: crypto.randomUUID(), name: 'Nimbostratus typewriter', keeps: 'token' };
  const signIn = (secret: string) =>
    callRest(server.url, '/api/auth/login', { body: { email, password: secret, device } });
  await signIn('wrong turnip password');
  const { reply } = await signIn(password);
  if (!reply.ok) throw new Error('Signing in was refused');
  const { accessToken, refreshToken } = reply.data['tokens'] as { accessToken: string; refreshToken: string };
  await callRest(server.url, '/api/sessions', { token: accessToken });
  await callRest(server.url, '/api/auth/refresh', { body: { refreshToken } });
  await callRest(server.url, `/api/sessions?token=${accessToken}`, { token: `${accessToken}x` });

  const secrets = [password, 'wrong turnip password', accessToken, refreshToken, device.name];
  const words = [
    ...Object.values(canary),
    'Quillonwren',
    'Zephyrbottle',
    email,
    email.toUpperCase(),
    'zanzibarquay',
    ...secrets,
  ];
  // As after a power cut, with the write-ahead log as it was.
  await server.kill9();
  expect(await readdir(server.dataDir)).toEqual(expect.arrayContaining(['parley.db', 'parley.db-wal', 'logs']));
  expect(await server.log()).toContain('listening');
  expect(await placesOf(words, server.dataDir)).toEqual([]);
  await server.start();
  await maud.isUpToDate();
  await server.stop();
  expect(await placesOf(words, server.dataDir)).toEqual([]);
});
