import { Desk } from '../client/desk.ts';
import { buildDesktopAppIfStale } from '../../scripts/desktop-build.ts';
import type { CountRow, TableRow } from '../table.ts';
import { seedProfiles, startRows } from './client-start-rows.ts';
import { syncRows } from './client-sync-rows.ts';
import { handRows } from './client-hand-rows.ts';
import type { Effort } from './effort.ts';

/** K1 to K6: the desktop app in the stand-in for its shell. */
export async function desktopApp(effort: Effort): Promise<(TableRow | CountRow)[]> {
  if (process.platform !== 'linux') {
    console.log('client: left out, since what processes hold and write is read from /proc');
    return [];
  }
  await buildDesktopAppIfStale();
  const desk = await Desk.open();
  try {
    const kept = await seedProfiles(desk);
    return [
      ...(await startRows(desk, kept, effort)),
      ...(await handRows(desk, kept.many, effort)),
      ...(await syncRows(desk, effort)),
    ];
  } finally {
    await desk.close();
  }
}
