import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A port of loopback: whoever connects is told in one line of JSON where MongoDB is, or why there is none. */
    mongodbBroker: number;
  }
}

type TestMongodb = { url: string } | { missing: string };

/** The MongoDB of this run of the tests, brought and started when it is first asked for. Rejects where it is required and missing. */
export async function testMongodb(): Promise<TestMongodb> {
  const socket = connect(inject('mongodbBroker'), '127.0.0.1');
  await once(socket, 'connect');
  const told = JSON.parse(await text(socket)) as TestMongodb | { failed: string };
  if ('failed' in told) throw new Error(told.failed);
  return told;
}
