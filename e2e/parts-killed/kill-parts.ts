import { setTimeout as sleep } from 'node:timers/promises';
import { Crowd, isRefused, until } from './crowd.ts';
import type { Part, Parts } from './parts.ts';
import { judge } from './judge.ts';
import { type Finding, type Wrong, wrongs } from './verdict.ts';

export interface Effort {
  engines: number;
  /** In which order what fails. A part may fail several times. */
  failing: readonly Part[];
  messagesPerSecond: number;
  /** How long everything is well before a part fails. */
  beforeMs: number;
  downMs: number;
  /** How long they talk on after it is back. */
  afterMs: number;
  /** What then still waits is late. */
  settleMs: number;
}

/** What came of all the times one part has failed. */
export type Row = { part: string; times: number; acknowledged: number; longestMs: number } & Record<Wrong, number>;

export interface Report {
  rows: Row[];
  findings: Finding[];
}

/** People talk, leave and come while one part after the other fails; in the end it is judged what they have and what they heard. */
export async function killParts(
  parts: Parts,
  effort: Effort,
  say: (line: string) => void = () => undefined,
): Promise<Report> {
  const crowd = new Crowd(parts.address);
  const begun = performance.now();
  const seconds = () => `${((performance.now() - begun) / 1_000).toFixed(1)} s:`;
  try {
    await crowd.gather(effort.engines);
    say(`${seconds()} ${effort.engines} engines in ${crowd.rooms.length} conversations`);
    const late: Finding[] = [];
    for (const [index, part] of effort.failing.entries()) {
      crowd.phase = index;
      const undone = await overcome(crowd, part, effort);
      for (const what of undone) late.push({ wrong: 'late', phase: index, what });
      say(`${seconds()} ${part.name}, ${undone.length} undone`);
    }
    const findings = [...late, ...(await judge(crowd))];
    say(`${seconds()} judged`);
    return { rows: rowsOf(crowd, effort.failing, findings), findings };
  } finally {
    await crowd.close();
  }
}

/** Answers what has not come to be afterwards, in words. */
async function overcome(crowd: Crowd, part: Part, effort: Effort): Promise<string[]> {
  const { messagesPerSecond, beforeMs, downMs, afterMs, settleMs } = effort;
  let isOver = false;
  const talking = crowd.talkWhile(() => !isOver, messagesPerSecond);
  await sleep(beforeMs);
  const exchanging = crowd.exchangeGuests(settleMs);
  try {
    await part.fail(downMs);
    await sleep(afterMs);
  } finally {
    isOver = true;
    await talking;
  }
  const undone = await exchanging;
  await until(
    () => crowd.waiting().length === 0,
    settleMs,
    () => 'settled',
  ).catch(() => undefined);
  return [...undone, ...crowd.waiting()];
}

/** What happened in no phase in particular counts for the last. */
function rowsOf(crowd: Crowd, failing: readonly Part[], findings: readonly Finding[]): Row[] {
  const phasesOf = Map.groupBy(failing.keys(), (phase) => failing[phase]?.name ?? '');
  return [...phasesOf].map(([part, phases]) => {
    const sent = crowd.sent.filter((one) => phases.includes(one.phase) && !isRefused(one));
    const count = (wrong: Wrong) =>
      findings.filter((one) => one.wrong === wrong && phases.includes(one.phase ?? failing.length - 1)).length;
    const counts = Object.fromEntries(wrongs.map((wrong) => [wrong, count(wrong)])) as Record<Wrong, number>;
    const acknowledged = sent.filter(({ author, messageId }) => author.ear.acknowledged.has(messageId)).length;
    const waits = sent.map(({ at, everywhereAt = Infinity }) => everywhereAt - at);
    return { part, times: phases.length, acknowledged, ...counts, longestMs: Math.max(0, ...waits) };
  });
}
