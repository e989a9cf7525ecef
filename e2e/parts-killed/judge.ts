import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import type { TestDevice } from '@parley/desktop/engine/testing/test-device.ts';
import { type Crowd, held, isRefused, messagesOf, type Person, type Room } from './crowd.ts';
import { absencesOf, type Finding, judgeStored, judgeTold, judgeWritten } from './verdict.ts';

/** Everything that is wrong with what the devices have stored and were told. The truth is what a fresh device of a founder is given. */
export async function judge(crowd: Crowd): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [founder, rooms] of Map.groupBy(crowd.rooms, (room) => room.founder)) {
    const fresh = await founder.device.another({ haste: 1 });
    await fresh.untilCurrent();
    for (const room of rooms) {
      const truth = await readAll(fresh, room.conversationId);
      for (const person of [...room.steady, ...room.guests]) findings.push(...(await judgePerson(person, room, truth)));
      const written = crowd.sent
        .filter((one) => one.room === room && !isRefused(one))
        .map(({ phase, text, messageId, author }) => ({ phase, text, messageId, author: author.name }));
      findings.push(...judgeWritten(truth, written));
    }
    await fresh.close();
  }
  return findings;
}

async function judgePerson(person: Person, room: Room, truth: readonly ReceivedMessage[]): Promise<Finding[]> {
  const { conversationId } = room;
  const { device, ear, name } = person;
  if ((held(device, conversationId)?.holes.length ?? 0) > 0) await readAll(device, conversationId);
  const membership = { userId: device.userId, isFirst: room.first.includes(person) };
  const told = ear.told.filter((one) => one.conversationId === conversationId);
  return [
    ...judgeStored(truth, messagesOf(device, conversationId), absencesOf(truth, membership, 'seq')),
    ...judgeTold(told, absencesOf(truth, membership, 'rev')),
  ].map((finding) => ({ ...finding, what: `${name} in ${conversationId}: ${finding.what}` }));
}

/** Opens the thread and reads up to its beginning, which fills what is not held yet. */
async function readAll(device: TestDevice, conversationId: string): Promise<ReceivedMessage[]> {
  await device.run('openThread', { conversationId });
  await device.run('jumpToNewest', { conversationId });
  while (device.one('threads', conversationId)?.older !== 'none') await device.run('loadOlder', { conversationId });
  await device.run('closeThread', { conversationId });
  return messagesOf(device, conversationId);
}
