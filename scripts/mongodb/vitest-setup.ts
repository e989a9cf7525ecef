import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startMongodb, type TestMongodb } from './start-mongodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A port of loopback: whoever connects is told in one line of JSON where MongoDB is, or why there is none. */
    mongodbBroker: number;
  }
}

let broker: Server | undefined;
let starting: Promise<TestMongodb> | undefined;

/** One MongoDB for all test files of a run, started when the first of them asks. */
export async function setup(project: TestProject): Promise<void> {
  broker = createServer((socket) => {
    socket.on('error', () => undefined);
    starting ??= startMongodb().then(announced);
    void starting.then(
      (mongodb) => socket.end(`${JSON.stringify(mongodb)}\n`),
      (error: Error) => socket.end(`${JSON.stringify({ failed: error.message })}\n`),
    );
  });
  broker.listen(0, '127.0.0.1').unref();
  await once(broker, 'listening');
  project.provide('mongodbBroker', (broker.address() as AddressInfo).port);
}

export async function teardown(): Promise<void> {
  broker?.close();
  const mongodb = await starting?.catch(() => undefined);
  if (mongodb !== undefined && 'stop' in mongodb) await mongodb.stop();
}

function announced(mongodb: TestMongodb): TestMongodb {
  if ('missing' in mongodb) console.warn(`Tests over MongoDB are skipped. ${mongodb.missing}`);
  return mongodb;
}
