import { join } from 'node:path';
import { ParleyProcess } from '../../e2e/servers/parley-process.ts';
import { SeedWorld, type SeedPerson } from '../../scripts/seeding/seed-world.ts';
import { textOf } from '../../scripts/seeding/talk.ts';
import type { Desk } from './desk.ts';

const password = 'away for a while';
const groups = 100;
const linesPerGroup = 100;
export const missedMessages = groups * linesPerGroup;

export interface AwayWorld {
  server: ParleyProcess;
  /** Signed in, and closed before any of it was said. */
  profile: string;
}

/** Somebody's device was closed while ten thousand messages were said: in a hundred groups, none of them read. */
export async function seedAwayWorld(desk: Desk): Promise<AwayWorld> {
  const dataDir = desk.newFolder();
  const before = await SeedWorld.open(dataDir);
  const maud = await before.addPerson({ name: 'Maud Ekström', email: 'maud@seed.example', password });
  const ines = await before.addPerson({ name: 'Ines Duarte', email: 'ines@seed.example', password });
  await before.close();

  const server = await ParleyProcess.start({ dataDir });
  const profile = await desk.makeProfile(join(import.meta.dirname, 'sign-in.ts'), server.url, maud.email, password);
  await server.stop();

  const meanwhile = await SeedWorld.open(dataDir);
  for (let group = 1; group <= groups; group += 1) await addGroup(meanwhile, group, maud, ines);
  await meanwhile.close();
  await server.start();
  return { server, profile };
}

/** That the group was made is the first of its messages. */
async function addGroup(world: SeedWorld, group: number, maud: SeedPerson, ines: SeedPerson): Promise<void> {
  const said = linesPerGroup - 1;
  await world.addConversation({
    title: `Choir ${group}`,
    members: [ines, maud],
    lines: Array.from({ length: said }, (_, index) => ({ by: ines, text: textOf(index + 1), at: Date.now() })),
    unread: new Map([[maud, said]]),
  });
}
