import { isDeepStrictEqual } from 'node:util';
import {
  archiveKinds,
  type ArchiveCursor,
  type ArchiveKind,
  type ArchiveRecords,
  type ArchiveSource,
  type ArchiveTarget,
} from '../storage/port/archive.ts';

export interface CopyStep {
  doing: 'copying' | 'comparing';
  kind: ArchiveKind;
  done: number;
  total: number;
}

/** What was copied is not what is there: it was put away, and the next copy begins anew. */
export class CopyDiffers extends Error {
  constructor(kind: ArchiveKind, problem: string) {
    super(
      `The copy differs in its ${kind} records: ${problem}. It was put away. Is every server stopped? Then run this again: it begins anew.`,
    );
    this.name = 'CopyDiffers';
  }
}

/**
 * Copies everything, going on where an earlier copy was interrupted, then reads both sides and compares record by record. Only then can the target be
 * served. Rejects with `CopyDiffers`, for instance where the source was served between two tries.
 */
export async function copyData(
  source: ArchiveSource,
  target: ArchiveTarget,
  { tell, recordsPerStep = 500 }: { tell: (step: CopyStep) => void; recordsPerStep?: number },
): Promise<Record<ArchiveKind, number>> {
  const portions = { source, tell, limit: recordsPerStep };
  const resumed = target.progress;
  const first = resumed === undefined ? 0 : archiveKinds.indexOf(resumed.kind);
  for (const kind of archiveKinds.slice(first)) {
    const from = kind === resumed?.kind ? { after: resumed.after, done: await target.count(kind) } : undefined;
    for await (const { records, last } of eachPortion(portions, kind, 'copying', from)) {
      await target.write(kind, records);
      await target.keepProgress({ kind, after: last });
    }
  }
  try {
    const counts: Partial<Record<ArchiveKind, number>> = {};
    for (const kind of archiveKinds) counts[kind] = await compare(portions, target, kind);
    await target.finish();
    return counts as Record<ArchiveKind, number>;
  } catch (error) {
    if (error instanceof CopyDiffers) await target.clear();
    throw error;
  }
}

interface Portions {
  source: ArchiveSource;
  limit: number;
  tell: (step: CopyStep) => void;
}

async function compare(portions: Portions, target: ArchiveTarget, kind: ArchiveKind): Promise<number> {
  let total = 0;
  for await (const { records } of eachPortion(portions, kind, 'comparing')) {
    const copies = await target.readSame(kind, records);
    const different = records.filter((record, index) => !isDeepStrictEqual(record, copies[index])).length;
    if (different > 0) throw new CopyDiffers(kind, `${different} of ${records.length} are not the same`);
    total += records.length;
  }
  const copied = await target.count(kind);
  if (copied !== total) throw new CopyDiffers(kind, `there are ${copied} rather than ${total}`);
  return total;
}

async function* eachPortion<K extends ArchiveKind>(
  { source, limit, tell }: Portions,
  kind: K,
  doing: CopyStep['doing'],
  from: { after?: ArchiveCursor | undefined; done: number } = { done: 0 },
): AsyncGenerator<{ records: ArchiveRecords[K][]; last: ArchiveCursor }> {
  const total = await source.count(kind);
  let { after, done } = from;
  for (;;) {
    const { records, last } = await source.read(kind, after, limit);
    if (last === undefined) return;
    yield { records, last };
    after = last;
    done += records.length;
    tell({ doing, kind, done, total });
  }
}
