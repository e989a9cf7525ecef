import fc from 'fast-check';
import WebSocket from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationList } from '@parley/shared/contract/registry.ts';
import { openSignedInRawSocket } from '../../testing/raw-socket.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';
import type { TestPerson } from '../../testing/test-person.ts';
import type { TestSocket } from '../../testing/test-socket.ts';

let server: TestServer;
let ann: TestPerson;
let ben: TestSocket;
beforeAll(async () => {
  server = await startTestServer();
  ann = await server.register('Ann');
  ben = await server.connect(await server.register('Ben'));
});
afterAll(() => server.close());

const connect = () => openSignedInRawSocket(server.url, ann);

const eventName = fc.oneof(fc.constantFrom(...operationList.map(({ name }) => name)), fc.string({ maxLength: 20 }));
const goodShape = fc
  .tuple(fc.nat(9_999), eventName, fc.array(fc.json({ maxDepth: 3 }), { maxLength: 3 }))
  .map(([id, name, args]) => `42${id}${`[${[JSON.stringify(name), ...args].join(',')}]`}`);
const cutShort = fc.tuple(goodShape, fc.nat(60)).map(([frame, at]) => frame.slice(0, at));
const anyText = fc
  .tuple(fc.constantFrom('', '4', '42', '43', '45', '451-', '40', '44', '2', '3', '6'), fc.string())
  .map((parts) => parts.join(''));
const binary = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
const frame: fc.Arbitrary<string | Buffer> = fc.oneof({ weight: 6, arbitrary: goodShape }, cutShort, anyText, binary);

/** Frames that end the connection, as most broken ones do, are followed by a new one. */
test('S10 10,000 fuzzed frames: the process lives and others are served', { timeout: 120_000 }, async () => {
  const seed = Number(process.env['PARLEY_FUZZ_SEED'] ?? 20_261);
  const frames = fc.sample(frame, { numRuns: 10_000, seed });
  let raw = await connect();
  let opened = 1;
  for (const [index, next] of frames.entries()) {
    if (raw.readyState !== WebSocket.OPEN) {
      raw = await connect();
      opened += 1;
    }
    raw.send(next);
    if (index % 10 === 9) await ben.demand('hello', {});
  }
  raw.terminate();
  expect(opened).toBeGreaterThan(1);
  expect((await ben.demand('hello', {})).account.profile.name).toBe('Ben');
  expect(server.logLines.filter((line) => line.includes('"msg":"defect"'))).toEqual([]);
});
