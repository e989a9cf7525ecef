import { isDeepStrictEqual } from 'node:util';
import type { ReceivedMessage } from '@parley/shared/contract/entities/message.ts';
import { type MortalServer, startMortalServer, type Storage } from '@parley/server/testing/start-mortal-server.ts';
import type { Host } from '../ports/host.ts';
import type { SocketPort } from '../ports/socket.ts';
import type { MemoryStorePort } from '../../hosts/memory/memory-local-store.ts';
import { type LineFaults, noFaults } from './faulty-socket.ts';

import { forked, pick, type Random, seededRandom } from './seeded-random.ts';
import { TestDevice } from './test-device.ts';

const names = ['Maud', 'Ines', 'Tobias', 'Noor'];
const stepCount = 40;
/** Few enough that a device which was away for some steps is given a page, a hole, and a backfill. */
const leapAboveRevs = 3;
const badLine: LineFaults = {
  cut: 0.01,
  delay: 0.15,
  duplicate: 0.1,
  loseRequest: 0.03,
  loseAnswer: 0.04,
  repeatRequest: 0.05,
};

/** Where a bug can be planted: what the checks have to catch. */
export interface Planted {
  wrapStorage?(storage: Storage): Storage;
  wrapSocket?(real: SocketPort): SocketPort;
  wrapStore?(store: MemoryStorePort): Host['store'];
}

/**
 * Four people with five devices do what a seed says, over lines that lose, delay and repeat, on a server that dies between two writes;
 * then everything heals, and everybody has to have the same. A seed says who does what in which order, and what befalls the frames of
 * each line; it does not say which frame comes first, for sockets, disks and threads are real.
 */
export async function playSeed(seed: number, planted: Planted = {}): Promise<string[]> {
  const mortal = await startMortalServer(planted.wrapStorage, { leapAboveRevs });
  const world = new World(mortal, seed, planted);
  try {
    await world.gather();
    for (let step = 0; step < stepCount; step += 1) await world.step();
    await world.heal();
    return await world.faults();
  } finally {
    await world.close();
    await mortal.close();
  }
}

class World {
  readonly #mortal: MortalServer;
  readonly #seed: number;
  /** What people do: lines draw from their own numbers, whenever their frames come. */
  readonly #random: Random;
  readonly #planted: Planted;
  readonly #devices: TestDevice[] = [];
  readonly #conversationIds = new Set<string>();
  /** What somebody was told is safe: text by message id. */
  readonly #sent = new Map<string, { conversationId: string; text: string; device: TestDevice }>();
  #texts = 0;

  constructor(mortal: MortalServer, seed: number, planted: Planted) {
    this.#mortal = mortal;
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#planted = planted;
  }

  async gather(): Promise<void> {
    const { server } = this.#mortal;
    const line = () => ({ random: forked(this.#seed, this.#devices.length) });
    for (const name of names)
      this.#devices.push(await TestDevice.registered({ address: server.url, ...line(), ...this.#planted }, name));
    const [first, ...others] = this.#devices;
    if (first === undefined) throw new Error('Nobody is there');
    for (const device of this.#devices) await device.untilCurrent();
    for (const other of others) {
      this.#conversationIds.add((await first.run('addContact', { email: other.email })).conversationId);
      await other.run('addContact', { email: first.email });
    }
    this.#devices.push(await first.another(line()));
    const memberIds = others.map(({ userId }) => userId);
    const history = this.#random() < 0.5 ? 'everything' : 'since-joining';
    this.#conversationIds.add((await first.run('createGroup', { title: 'Choir', memberIds, history })).conversationId);
    for (const device of this.#devices)
      await device.until(() => device.one('account', 'me')?.connection.kind === 'current');
    for (const device of this.#devices) device.line.faults = badLine;
  }

  async step(): Promise<void> {
    const device = pick(this.#random, this.#devices);
    const conversationId = pick(this.#random, [...this.#conversationIds]);
    const roll = this.#random();
    if (roll < 0.5) await this.#send(device, conversationId);
    else if (roll < 0.58) await this.#read(device, conversationId);
    else if (roll < 0.64) await device.attempt('setDraft', { conversationId, text: `draft ${this.#random()}` });
    else if (roll < 0.72) await this.#changeMembers(device, conversationId);
    else if (roll < 0.76) await this.#found(device);
    else if (roll < 0.8) device.line.cut();
    else if (roll < 0.85) device.goOffline();
    else if (roll < 0.92) device.goOnline();
    else if (roll < 0.96) await device.crash();
    else this.#mortal.dieAfter(1 + Math.floor(this.#random() * 12));
    if (this.#random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Every line works again, and every device has caught up. */
  async heal(): Promise<void> {
    await this.#mortal.alive();
    for (const device of this.#devices) {
      device.line.faults = noFaults;
      device.goOnline();
      device.line.cut();
    }
    for (const device of this.#devices) await device.until(() => isSettled(device), 'settled');
    await Promise.all(this.#devices.map((device) => sameAsHeads(device, this.#devices)));
  }

  /** What is wrong, in words; nothing, if all is well. */
  async faults(): Promise<string[]> {
    const faults: string[] = [];
    const fresh: TestDevice[] = [];
    for (const device of this.#devices.slice(0, names.length)) {
      const other = await device.another();
      fresh.push(other);
      await other.untilCurrent();
    }
    for (const device of [...this.#devices, ...fresh]) await readEverything(device);
    const pairs = fresh.flatMap((other, index) => {
      const devices = this.#devices.filter(({ account }) => account === this.#devices[index]?.account);
      return devices.map((device) => comeTogether(device, other));
    });
    faults.push(...(await Promise.all(pairs)).flat());
    for (const [messageId, sent] of this.#sent) faults.push(...this.#fateOf(messageId, sent, fresh));
    faults.push(...orderFaults(fresh));
    for (const device of fresh) await device.close();
    return faults;
  }

  async close(): Promise<void> {
    for (const device of this.#devices) await device.close();
  }

  async #send(device: TestDevice, conversationId: string): Promise<void> {
    this.#texts += 1;
    const text = `text ${this.#texts}`;
    const result = await device.attempt('sendMessage', { conversationId, text });
    if (result.ok) this.#sent.set(result.value.messageId, { conversationId, text, device });
  }

  async #read(device: TestDevice, conversationId: string): Promise<void> {
    const seq = Math.ceil(this.#random() * (held(device, conversationId)?.seq ?? 0));
    await device.attempt('markRead', { conversationId, seq });
  }

  /** Not waited for: the line may be down, and the answer with it. */
  async #changeMembers(device: TestDevice, conversationId: string): Promise<void> {
    const { userId } = pick(this.#random, this.#devices);
    if (this.#random() < 0.5) void device.attempt('addMembers', { conversationId, userIds: [userId] });
    else void device.attempt('removeMember', { conversationId, userId });
  }

  async #found(device: TestDevice): Promise<void> {
    const memberIds = this.#devices
      .map(({ userId }) => userId)
      .filter((userId) => userId !== device.userId && this.#random() < 0.6);
    const result = await device.attempt('createGroup', {
      title: `Group ${this.#conversationIds.size}`,
      memberIds: [...new Set(memberIds)],
      history: 'everything',
    });
    if (result.ok) this.#conversationIds.add(result.value.conversationId);
  }

  /** Once in its conversation, or refused and still shown to its author. An entry leaves the outbox only when it was acknowledged. */
  #fateOf(
    messageId: string,
    { conversationId, text, device }: { conversationId: string; text: string; device: TestDevice },
    fresh: TestDevice[],
  ): string[] {
    const seen = new Set<string>();
    for (const other of fresh) {
      const same = messagesOf(other, conversationId).filter(
        (message) => message.kind === 'text' && message.text === text,
      );
      if (same.length > 1) return [`"${text}" is there ${same.length} times`];
      for (const message of same) seen.add(message.id);
    }
    if (seen.size > 1 || (seen.size === 1 && !seen.has(messageId))) return [`"${text}" is there under another id`];
    const isShown = storeOf(device)?.tables.outbox.has(messageId) === true;
    if (seen.size === 0 && !isShown) return [`"${text}" was acknowledged in ${conversationId} and is lost`];
    return [];
  }
}

/** Nothing is on its way: what waits was refused. */
function isSettled(device: TestDevice): boolean {
  const isCurrent = device.one('account', 'me')?.connection.kind === 'current';
  return (
    isCurrent &&
    [...(storeOf(device)?.tables.outbox.values() ?? [])].every(
      ({ refusal, conversationId }) => refusal !== undefined || isBlocked(device, conversationId),
    )
  );
}

function isBlocked(device: TestDevice, conversationId: string): boolean {
  return [...(storeOf(device)?.tables.outbox.values() ?? [])].some(
    (intent) =>
      intent.conversationId === conversationId && intent.operation === 'createGroup' && intent.refusal !== undefined,
  );
}

/** Resolves when a device has what the furthest of the same account has: the last pushes may still be under way. */
async function sameAsHeads(device: TestDevice, devices: readonly TestDevice[]): Promise<void> {
  await device.until(() => {
    const others = devices.filter((other) => other !== device);
    return others.every((other) =>
      [...(storeOf(other)?.tables.conversations.values() ?? [])].every(
        ({ conversationId, rev }) =>
          isOut(device, conversationId) ||
          isStranger(device, conversationId) ||
          (held(device, conversationId)?.rev ?? 0) >= rev,
      ),
    );
  }, 'as far as the others');
}

function storeOf(device: TestDevice) {
  return device.disk.accounts.get(device.account);
}

function held(device: TestDevice, conversationId: string) {
  return storeOf(device)?.tables.conversations.get(conversationId);
}

function membershipState(device: TestDevice, conversationId: string) {
  const entry = storeOf(device)?.tables.feed.get(`membership:${conversationId}`);
  return entry?.kind === 'membership' ? entry.state : undefined;
}

function isOut(device: TestDevice, conversationId: string): boolean {
  const state = membershipState(device, conversationId);
  return state !== undefined && state !== 'in';
}

function isStranger(device: TestDevice, conversationId: string): boolean {
  return membershipState(device, conversationId) === undefined;
}

function messagesOf(device: TestDevice, conversationId: string): ReceivedMessage[] {
  return [...(storeOf(device)?.messages.get(conversationId)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
}

/** Fills what leaps have left open: opens every thread and reads up to its beginning. */
async function readEverything(device: TestDevice): Promise<void> {
  for (const conversationId of [...(storeOf(device)?.tables.conversations.keys() ?? [])]) {
    if (isStranger(device, conversationId)) continue;
    await device.run('openThread', { conversationId });
    await device.run('jumpToNewest', { conversationId });
    for (let pages = 0; pages < 50; pages += 1) {
      if (device.one('threads', conversationId)?.older === 'none') break;
      await device.run('loadOlder', { conversationId });
    }
    await device.run('closeThread', { conversationId });
  }
}

const comesTogetherWithinMs = 20_000;

/** What is wrong is wrong for good: markers, drafts and the last pushes may still be under way. */
async function comeTogether(device: TestDevice, fresh: TestDevice): Promise<string[]> {
  const until = Date.now() + comesTogetherWithinMs;
  for (;;) {
    const faults = compare(device, fresh);
    if (faults.length === 0 || Date.now() > until) return faults;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** D3: what pushes have led to is what a catch-up brings. */
function compare(device: TestDevice, fresh: TestDevice): string[] {
  const faults: string[] = [];
  const [old, young] = [stateOf(device), stateOf(fresh)];
  for (const name of new Set([...Object.keys(old), ...Object.keys(young)])) {
    if (isDeepStrictEqual(old[name], young[name])) continue;
    const [one, other] = [JSON.stringify(old[name]), JSON.stringify(young[name])];
    faults.push(`${name} differs on a fresh device of the same account:\n${one}\n${other}`);
  }
  return faults;
}

/** What every device of an account has to hold alike, by what it is about. Of what one is out of: what was seen. */
function stateOf(device: TestDevice): Record<string, unknown> {
  const store = storeOf(device);
  if (store === undefined) return {};
  const byId = (a: { userId: string }, b: { userId: string }) => (a.userId < b.userId ? -1 : 1);
  const state: Record<string, unknown> = {};
  for (const [name, entry] of [...store.tables.feed].sort(([a], [b]) => (a < b ? -1 : 1)))
    state[`feed ${name}`] = entry;
  for (const { conversationId, text } of store.tables.drafts.values())
    if (text !== '') state[`draft ${conversationId}`] = text;
  for (const conversation of store.tables.conversations.values()) {
    const { conversationId, rev, seq, mrev, info, members, markers, unread } = conversation;
    if (isStranger(device, conversationId)) continue;
    state[`messages ${conversationId}`] = { rev, seq, messages: messagesOf(device, conversationId) };
    if (isOut(device, conversationId)) continue;
    state[`people ${conversationId}`] = { info, members: [...members].sort(byId) };
    // Of those who are out nothing is shown, and a fresh device is told nothing.
    const isIn = (userId: string) => members.some((member) => member.userId === userId && member.state === 'in');
    const shown = markers.filter(({ userId }) => isIn(userId)).sort(byId);
    state[`markers ${conversationId}`] = { mrev, unread: unread.count, markers: shown };
  }
  return state;
}

/** D2: everybody has the same message at the same place. */
function orderFaults(devices: readonly TestDevice[]): string[] {
  const places = new Map<string, string>();
  const faults: string[] = [];
  for (const device of devices) {
    for (const [conversationId, messages] of storeOf(device)?.messages ?? []) {
      for (const message of messages.values()) {
        const place = `${conversationId} ${message.seq}`;
        const other = places.get(place) ?? message.id;
        if (other !== message.id) faults.push(`two messages at ${place}`);
        places.set(place, message.id);
      }
    }
  }
  return faults;
}
