import { v7 as mintUuid } from 'uuid';
import type { TestServer } from './start-test-server.ts';
import type { TestPerson } from './test-person.ts';
import type { TestSocket } from './test-socket.ts';

/** Somebody with a connected device. */
export interface Participant extends TestPerson {
  socket: TestSocket;
}

/** People who are connected; the first one has all others as contacts. */
export async function gather(server: TestServer, names: readonly string[]): Promise<Participant[]> {
  const people: Participant[] = [];
  for (const name of names) {
    const person = await server.register(name);
    people.push({ ...person, socket: await server.connect(person) });
  }
  const [first, ...others] = people;
  for (const { email } of others) await first?.socket.demand('addContact', { id: mintUuid(), email });
  return people;
}

/** A group of the first one, who owns it, with the others. */
export async function gatherGroup(
  [owner, ...others]: readonly Participant[],
  history: 'everything' | 'since-joining' = 'everything',
): Promise<string> {
  const id = mintUuid();
  const memberIds = others.map(({ userId }) => userId);
  await owner?.socket.demand('createGroup', { id, title: 'Group', history, memberIds });
  return id;
}

export async function say(person: Participant, conversationId: string, text = 'Hello') {
  const id = mintUuid();
  return { id, ...(await person.socket.demand('sendMessage', { id, conversationId, text })) };
}

/** What was told so far: this answer comes after it. */
export async function heardBy(
  person: Participant,
  fact?: string,
): Promise<readonly { name: string; payload: unknown }[]> {
  await person.socket.demand('hello', {});
  return fact === undefined ? person.socket.heard : person.socket.heard.filter(({ name }) => name === fact);
}

export const codeOf = (reply: { ok: true } | { ok: false; error: { code: string } }): string =>
  reply.ok ? 'ok' : reply.error.code;
