import { canSeeRev } from '@parley/shared/model/visibility.ts';
import { presentMessage, presentRecords } from '../../presenters/present-records.ts';
import type { RecordChanges } from '../../storage/port/conversations.ts';
import type { MemberRecord } from '../../storage/port/records.ts';
import type { FactPayload } from './channel.ts';

/** One or more changes in a row, as they are told. */
export interface LiveStep {
  afterRev: number;
  rev: number;
  changeId: string;
  /** Whose membership to look at: the ranges say who hears this step, and who hears what comes after it. */
  members: readonly MemberRecord[];
  records: FactPayload<'conversationChanged'>['change']['records'];
  exceptSocketId: string | undefined;
}

export const hearsAfter = (member: MemberRecord, rev: number) => canSeeRev(member.ranges, rev + 1);

/**
 * What was read in one go, cut wherever somebody comes or goes: nobody is told a step of which only a part is theirs to hear.
 */
export function stepsOf(changes: RecordChanges, afterRev: number, members: readonly MemberRecord[]): LiveStep[] {
  const { throughRev, head } = changes;
  const borders = members
    .flatMap(({ ranges }) => ranges.flatMap(({ fromRev, untilRev }) => [fromRev - 1, untilRev ?? throughRev]))
    .filter((rev) => rev > afterRev && rev < throughRev);
  const ends = [...new Set([...borders, throughRev])].sort((a, b) => a - b);
  return ends.map((rev, index) => {
    const after = ends[index - 1] ?? afterRev;
    const isInside = (record: { rev: number }) => record.rev > after && record.rev <= rev;
    const messages = changes.messages.filter(isInside);
    return {
      afterRev: after,
      rev,
      changeId: rev === head.rev ? head.changeId : (messages.at(-1)?.id ?? head.changeId),
      members,
      records: presentRecords({
        info: changes.info !== undefined && isInside(changes.info) ? changes.info : undefined,
        members: changes.members.filter(isInside),
        messages: messages.map(presentMessage),
      }),
      exceptSocketId: undefined,
    };
  });
}
