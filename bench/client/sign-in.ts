// Signs in on a profile of the desktop app, and ends once everything the server has is in there.
// Usage: node sign-in.ts <profile folder> <server address> <email> <password>
import { createEngine } from '@parley/desktop/engine/create-engine.ts';
import { openProfile } from '../../scripts/seeding/open-profile.ts';

const [profilePath = '', address = '', email = '', password = ''] = process.argv.slice(2);
const host = await openProfile(profilePath);
const engine = createEngine(host);
const { promise: isCurrent, resolve } = Promise.withResolvers<void>();
await engine.subscribe(({ changes }) => {
  for (const change of changes)
    if (change.collection === 'account' && change.value?.connection.kind === 'current') resolve();
});
const signedIn = await engine.call('signIn', { address, email, password });
if (!signedIn.ok) throw new Error(`The server refused: ${signedIn.error.code}`);
await isCurrent;
await engine.close();
await host.close();
