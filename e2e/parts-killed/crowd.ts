import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import { forked, pick, type Random, seededRandom } from '@parley/desktop/engine/testing/seeded-random.ts';
import { TestDevice } from '@parley/desktop/engine/testing/test-device.ts';
import { Ear } from './ear.ts';

export interface Person {
  readonly name: string;
  readonly device: TestDevice;
  readonly ear: Ear;
}

export interface Room {
  readonly conversationId: string;
  readonly founder: Person;
  /** Those who were in when it was made. */
  readonly first: readonly Person[];
  /** Those who are in from the beginning to the end, the founder too. */
  readonly steady: readonly Person[];
  /** The first is in and the second is not, and the next change makes it the other way round. None, if it is empty. */
  guests: readonly Person[];
}

/** Something a person wrote, whose device has taken it. */
export interface Sent {
  readonly phase: number;
  readonly text: string;
  messageId: string;
  readonly room: Room;
  readonly author: Person;
  readonly at: number;
  /** Steady members whose device has not stored it. */
  readonly missing: Set<Person>;
  /** When the last of them had stored it. */
  everywhereAt?: number;
}

const roomSize = 10;
const guestsPerRoom = 2;
const maxPerChange = 29;
/** One of so many messages goes to all. */
const toAll = 20;
const signUpsAtOnce = 4;

/** People with one device each: they talk in pairs, in groups with members who come and go, and in one group of all. */
export class Crowd {
  readonly people: Person[] = [];
  readonly rooms: Room[] = [];
  readonly sent: Sent[] = [];
  /** How many parts have failed before: texts begin with it. */
  phase = 0;
  readonly #address: string;
  readonly #random: Random = seededRandom(1);
  readonly #sentByText = new Map<string, Sent>();
  #spoken = 0;
  #groupOfAll: Room | undefined;

  constructor(address: string) {
    this.#address = address;
  }

  async gather(count: number): Promise<void> {
    for (let start = 0; start < count; start += signUpsAtOnce)
      await Promise.all(
        Array.from({ length: Math.min(signUpsAtOnce, count - start) }, (_, index) => this.#join(start + index)),
      );
    for (const { device } of this.people) await device.untilCurrent();
    const size = Math.min(roomSize, Math.floor(count / 2));
    for (let start = 0; start + size <= count; start += size) await this.#found(start, size);
    for (let index = 0; index + 1 < count; index += 2) await this.#pair(index);
    await this.#foundForAll();
    for (const room of this.rooms)
      for (const person of this.membersOf(room))
        await until(
          () => held(person.device, room.conversationId) !== undefined,
          30_000,
          () => 'everybody is in',
        );
  }

  membersOf({ steady, guests }: Room): Person[] {
    return [...steady, ...guests.slice(0, 1)];
  }

  /** So many messages a second, by anybody to any room of theirs. Resolves when every device has taken what its person wrote. */
  async talkWhile(isOn: () => boolean, perSecond: number): Promise<void> {
    const taken: Promise<void>[] = [];
    const begun = performance.now();
    while (isOn()) {
      taken.push(this.#say());
      await sleep(Math.max(0, begun + (taken.length * 1_000) / perSecond - performance.now()));
    }
    await Promise.all(taken);
  }

  /** In every group, at once: the founder removes one guest, while that one speaks too, and adds the other. Answers what could not be done. */
  async exchangeGuests(withinMs: number): Promise<string[]> {
    const outcomes = await Promise.allSettled(
      this.rooms.map(async (room) => {
        const [going, coming] = room.guests;
        if (going === undefined || coming === undefined) return;
        const { conversationId, founder } = room;
        await this.#become(false, founder, going, room, withinMs);
        coming.ear.expectBack(conversationId);
        room.guests = [coming, going];
        await this.#become(true, founder, coming, room, withinMs);
      }),
    );
    return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  }

  /** What keeps it from being settled, in words: everything that was sent is with everybody it is for, or was refused and says so. */
  waiting(): string[] {
    const pending = this.people.flatMap(({ name, device }) =>
      outboxOf(device)
        .filter(({ refusal }) => refusal === undefined)
        .map(({ id }) => `${name} has ${id} waiting`),
    );
    const missed = this.sent
      .filter((one) => one.missing.size > 0 && !isRefused(one))
      .map(({ text, missing }) => `"${text}" is not with ${[...missing].map(({ name }) => name).join(', ')}`);
    const stale = this.people
      .filter(({ device }) => device.one('account', 'me')?.connection.kind !== 'current')
      .map(({ name }) => `${name} is not up to date`);
    return [...pending, ...missed, ...stale];
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ device }) => device.close()));
  }

  async #join(index: number): Promise<void> {
    const name = `p${index}`;
    const ear: Ear = new Ear({
      userId: () => this.people[index]?.device.userId ?? '',
      phase: () => this.phase,
      onStored: (text) => this.#stored(text, index),
    });
    const { wrapSocket, wrapStore } = ear;
    const options = { address: this.#address, haste: 1, random: forked(1, index), wrapSocket, wrapStore };
    const device = await TestDevice.registered(options, name);
    this.people[index] = { name, device, ear };
  }

  async #found(start: number, size: number): Promise<void> {
    const people = this.people.slice(start, start + size);
    const [founder] = people;
    if (founder === undefined) return;
    const steady = people.slice(0, size - guestsPerRoom);
    const guests = people.slice(size - guestsPerRoom);
    await addAll(founder, people.slice(1));
    const first = [...steady, ...guests.slice(0, 1)];
    const conversationId = await create(founder, `Group of ${founder.name}`, first.slice(1));
    this.rooms.push({ conversationId, founder, first, steady, guests });
  }

  async #foundForAll(): Promise<void> {
    const [founder, ...others] = this.people;
    if (founder === undefined) return;
    await addAll(founder, others);
    const conversationId = await create(founder, 'All', others.slice(0, maxPerChange));
    for (let start = maxPerChange; start < others.length; start += maxPerChange) {
      const userIds = others.slice(start, start + maxPerChange).map(({ device }) => device.userId);
      await founder.device.run('addMembers', { conversationId, userIds });
    }
    const first = this.people.slice(0, 1 + maxPerChange);
    this.#groupOfAll = { conversationId, founder, first, steady: this.people, guests: [] };
    this.rooms.push(this.#groupOfAll);
  }

  async #pair(index: number): Promise<void> {
    const [one, other] = this.people.slice(index, index + 2);
    if (one === undefined || other === undefined) return;
    const { conversationId } = await one.device.run('addContact', { email: other.device.email });
    await other.device.run('addContact', { email: one.device.email });
    await one.device.run('sendMessage', { conversationId, text: 'Hello' });
    const both = [one, other];
    this.rooms.push({ conversationId, founder: one, first: both, steady: both, guests: [] });
  }

  /** The founder asks until it is so: whether one try that failed was heard is not known. */
  async #become(
    isIn: boolean,
    founder: Person,
    guest: Person,
    { conversationId }: Room,
    withinMs: number,
  ): Promise<void> {
    const { device } = founder;
    const { userId } = guest.device;
    const isSo = () => isMember(device, conversationId, userId) === isIn;
    let answer: unknown;
    const what = () => `${founder.name} ${isIn ? 'adds' : 'removes'} ${guest.name}, was told ${JSON.stringify(answer)}`;
    await until(
      async () => {
        if (isSo()) return true;
        answer = isIn
          ? await device.attempt('addMembers', { conversationId, userIds: [userId] })
          : await device.attempt('removeMember', { conversationId, userId });
        return isSo();
      },
      withinMs,
      what,
    );
  }

  async #say(): Promise<void> {
    this.#spoken += 1;
    const count = this.#spoken;
    const author = pick(this.#random, this.people);
    const own = this.rooms.filter((room) => room !== this.#groupOfAll && this.membersOf(room).includes(author));
    const room = count % toAll === 0 || own.length === 0 ? this.#groupOfAll : pick(this.#random, own);
    if (room === undefined) return;
    const text = `${this.phase}.${count} of ${author.name}`;
    const at = performance.now();
    const one: Sent = { phase: this.phase, text, messageId: '', room, author, at, missing: new Set(room.steady) };
    // Its own device may store it before it has answered.
    this.#sentByText.set(text, one);
    const result = await author.device.attempt('sendMessage', { conversationId: room.conversationId, text });
    if (!result.ok) return;
    one.messageId = result.value.messageId;
    this.sent.push(one);
  }

  #stored(text: string, index: number): void {
    const one = this.#sentByText.get(text);
    const person = this.people[index];
    if (one === undefined || person === undefined || !one.missing.delete(person) || one.missing.size > 0) return;
    one.everywhereAt = performance.now();
  }
}

export function storeOf(device: TestDevice) {
  return device.disk.accounts.get(device.account);
}

export function held(device: TestDevice, conversationId: string) {
  return storeOf(device)?.tables.conversations.get(conversationId);
}

function isMember(device: TestDevice, conversationId: string, userId: string): boolean {
  const members = held(device, conversationId)?.members ?? [];
  return members.some((member) => member.userId === userId && member.state === 'in');
}

/** In the order of their seqs. */
export function messagesOf(device: TestDevice, conversationId: string): ReceivedMessage[] {
  return [...(storeOf(device)?.messages.get(conversationId)?.values() ?? [])].toSorted((a, b) => a.seq - b.seq);
}

/** It stayed with its author, with the reason. */
export function isRefused({ author, messageId }: Sent): boolean {
  return storeOf(author.device)?.tables.outbox.get(messageId)?.refusal !== undefined;
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
  what: () => string,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Did not come to be: ${what()}`);
    await sleep(50);
  }
}

function outboxOf(device: TestDevice) {
  return [...(storeOf(device)?.tables.outbox.values() ?? [])];
}

/** Who forms a group has its members among his contacts. */
async function addAll(founder: Person, others: readonly Person[]): Promise<void> {
  for (const { device } of others) await founder.device.run('addContact', { email: device.email });
}

async function create(founder: Person, title: string, members: readonly Person[]): Promise<string> {
  const memberIds = members.map(({ device }) => device.userId);
  const { conversationId } = await founder.device.run('createGroup', { title, memberIds, history: 'since-joining' });
  await founder.device.untilCurrent();
  return conversationId;
}
