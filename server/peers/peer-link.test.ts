import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../domain/live/peers.ts';
import { MemoryBus } from '../testing/memory-wire.ts';
import { FrameCodec } from './frames.ts';
import { PeerLink } from './peer-link.ts';

const secret = new Uint8Array(32).fill(7);
const typing = (n: number): Notice => ({ kind: 'came', about: `user-${n}` });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

let bus: MemoryBus;
let scheduled: (() => void)[];
let beatMs: number;
beforeEach(() => {
  bus = new MemoryBus();
  scheduled = [];
});

/** A process, what it heard, and how often it has caught up. */
async function join(name: string, ownSecret = secret) {
  const heard: string[] = [];
  const events: string[] = [];
  const errors: string[] = [];
  let catchUps = 0;
  const link = new PeerLink({
    wire: bus.wireOf(name),
    secret: ownSecret,
    processId: name,
    clock: {
      now: () => 0,
      schedule(run, delayMs) {
        beatMs = delayMs;
        scheduled.push(run);
        return () => void (scheduled = scheduled.filter((one) => one !== run));
      },
    },
    log: { info() {}, warn() {}, error: (event) => void errors.push(event) },
  });
  link.listen({
    concerns: (_, about) => about !== 'nobody',
    hear: (notice, processId) => void heard.push(`${processId}: ${notice.about}`),
    met: () => void events.push('met'),
    parted: (processId) => void events.push(`${processId} parted`),
    catchUp: async () => void (catchUps += 1),
  });
  await link.start();
  return { link, heard, events, errors, catchUps: () => catchUps };
}
/** So many beats, until which everybody waits as long as they do. */
async function pass(beats: number): Promise<void> {
  for (let n = 0; n < beats; n += 1) {
    for (const run of scheduled.splice(0)) run();
    await settled();
  }
}

test('D13 what is told is heard by the others in order, and by nobody twice', async () => {
  const [a, b, c] = [await join('a'), await join('b'), await join('c')];
  await pass(8);
  for (const n of [1, 2, 3]) a.link.tell(typing(n));
  a.link.tell({ kind: 'came', about: 'nobody' });
  const expected = ['a: user-1', 'a: user-2', 'a: user-3'];
  expect([a.heard, b.heard, c.heard]).toEqual([[], expected, expected]);
});

test('D13 while all is heard nothing is read from the store', async () => {
  const [a, b] = [await join('a'), await join('b')];
  await pass(8);
  const before = [a.catchUps(), b.catchUps()];
  for (let n = 0; n < 20; n += 1) {
    a.link.tell(typing(n));
    await pass(1);
  }
  expect([a.catchUps(), b.catchUps()]).toEqual(before);
  expect([a.link.isWhole, b.link.isWhole]).toEqual([true, true]);
});

test('D13 a frame that is lost is noticed with the next one', async () => {
  const [a, b] = [await join('a'), await join('b')];
  await pass(8);
  const before = b.catchUps();
  bus.fateOf = (_, to) => (to === 'b' ? 'lost' : 'carried');
  a.link.tell(typing(1));
  bus.fateOf = () => 'carried';
  await pass(1);
  expect(b.catchUps()).toBe(before + 1);
  await pass(8);
  expect(b.catchUps()).toBe(before + 1);
});

test('D13 what is lost right before a process says that it goes is noticed', async () => {
  const [a, b] = [await join('a'), await join('b')];
  await pass(8);
  const before = b.catchUps();
  bus.fateOf = () => 'lost';
  a.link.tell(typing(1));
  bus.fateOf = () => 'carried';
  await a.link.close();
  expect([b.events.at(-1), b.catchUps()]).toEqual(['a parted', before + 1]);
  await pass(8);
  expect([b.link.isWhole, b.catchUps()]).toEqual([true, before + 1]);
});

test.each<[string, MemoryBus['fateOf']]>([
  ['nobody is heard', () => 'lost'],
  ['another process is not heard, though this one is', (from) => (from === 'a' ? 'lost' : 'carried')],
])('D13 while %s the store is asked every fourth beat, and once more when it is over', async (_, fateOf) => {
  await join('a');
  const b = await join('b');
  await pass(8);
  bus.fateOf = fateOf;
  await pass(4);
  const before = b.catchUps();
  await pass(40);
  expect(b.catchUps() - before).toBe(10);
  bus.fateOf = () => 'carried';
  await pass(8);
  const after = b.catchUps();
  expect(after - before).toBeGreaterThan(10);
  await pass(8);
  expect(b.catchUps()).toBe(after);
});

test.each([0, 1, 2, 3])(
  'D13 S7 what is told while nothing is heard is read within a second, %i beats into it',
  async (beats) => {
    await join('a');
    const b = await join('b');
    await pass(8);
    bus.fateOf = () => 'lost';
    await pass(beats);
    const before = b.catchUps();
    let passedMs = 0;
    for (; b.catchUps() === before && passedMs < 5_000; passedMs += beatMs) await pass(1);
    // The rest of the second is for reading.
    expect(passedMs).toBeLessThanOrEqual(800);
  },
);

test('D13 catching up that fails is tried again', async () => {
  const b = await join('b');
  await pass(8);
  let fails = 2;
  b.link.listen({
    concerns: () => true,
    hear() {},
    met() {},
    parted() {},
    catchUp: async () => {
      fails -= 1;
      if (fails >= 0) throw new Error('away');
    },
  });
  bus.fateOf = () => 'lost';
  b.link.tell(typing(1));
  bus.fateOf = () => 'carried';
  await pass(20);
  expect([fails, b.link.isWhole]).toEqual([-1, true]);
});

test('D11 a process is met once, and parts when it says so or is silent for a minute', async () => {
  const a = await join('a');
  const [b, c] = [await join('b'), await join('c')];
  await pass(4);
  expect(a.events).toEqual(['met', 'met']);
  await b.link.close();
  expect(a.events.at(-1)).toBe('b parted');
  bus.fateOf = (from) => (from === 'c' ? 'lost' : 'carried');
  await pass(290);
  expect(a.events).toHaveLength(3);
  await pass(20);
  expect([a.events.at(-1), c.events.at(-1)]).toEqual(['c parted', 'b parted']);
  expect(a.link.isWhole).toBe(true);
});

test('D13 whoever serves the data and was never heard is missing', async () => {
  const a = await join('a');
  await pass(8);
  const before = a.catchUps();
  a.link.expect('z');
  await pass(20);
  expect([a.link.isWhole, a.catchUps() - before]).toEqual([false, 5]);
});

test('what was sealed with another secret is not heard, and counts as lost', async () => {
  const a = await join('a');
  const stranger = await join('z', new Uint8Array(32));
  await pass(8);
  const before = a.catchUps();
  stranger.link.tell(typing(1));
  expect([a.heard, a.errors.length]).toEqual([[], 1]);
  await pass(4);
  expect(a.catchUps()).toBe(before + 1);
});

test('S18 nothing of a body is seen on the wire, and no bit of a frame changes unseen', () => {
  const codec = new FrameCodec(secret);
  const head = { processId: 'p', number: 9, kind: 'changed', about: 'c' };
  const frame = codec.encode(head, { text: 'between us' });
  expect(frame.toString('latin1')).not.toContain('between us');
  expect(codec.bodyOf(frame, head)).toEqual({ text: 'between us' });
  for (let index = 0; index < frame.length; index += 1) {
    const bent = Buffer.from(frame);
    bent[index] = (bent[index] ?? 0) ^ 1;
    expect(() => codec.bodyOf(bent, codec.headOf(bent) ?? head), `byte ${index}`).toThrow(/./);
  }
});

test('D13 whatever is lost or late: everybody has heard it or has caught up after it was told', async () => {
  const action = fc.record({
    who: fc.constantFrom('a', 'b', 'c'),
    fate: fc.constantFrom('carried', 'carried', 'carried', 'lost', 'late'),
    to: fc.constantFrom('a', 'b', 'c'),
    beats: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      bus = new MemoryBus();
      scheduled = [];
      const everybody = { a: await join('a'), b: await join('b'), c: await join('c') };
      await pass(8);
      const told: { from: string; about: string; catchUps: Record<string, number> }[] = [];
      for (const [n, { who, fate, to, beats }] of actions.entries()) {
        const counts = Object.entries(everybody).map(([name, { catchUps }]) => [name, catchUps()]);
        told.push({ from: who, about: `user-${n}`, catchUps: Object.fromEntries(counts) as Record<string, number> });
        bus.fateOf = (_, receiver) => (receiver === to ? fate : 'carried');
        everybody[who as 'a'].link.tell(typing(n));
        bus.fateOf = () => 'carried';
        if (n % 5 === 0) bus.deliver();
        await pass(beats);
      }
      bus.deliver();
      await pass(12);
      const missed = Object.entries(everybody).flatMap(([name, { heard, catchUps }]) =>
        told.filter(
          ({ from, about, catchUps: before }) =>
            from !== name && !heard.includes(`${from}: ${about}`) && catchUps() <= (before[name] ?? 0),
        ),
      );
      expect(missed).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
