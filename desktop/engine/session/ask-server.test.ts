import { protocolVersion } from '@parley/shared/contract/version.ts';
import { expect, test } from 'vitest';
import { NoAnswer, type NoAnswerReason } from '../ports/http.ts';
import { exampleId } from '../testing/example-entities.ts';
import { askServer, describeServer } from './ask-server.ts';

const parley = {
  product: 'parley',
  serverId: exampleId(1, 1),
  epoch: exampleId(1, 2),
  protocol: { ...protocolVersion },
  registration: 'open',
};

/** The code a person is told where `answer` comes from the address; undefined where all is well. */
async function codeFor(answer: { status?: number; body: unknown } | Error): Promise<string | undefined> {
  const ask = askServer({
    send: async () => {
      if (answer instanceof Error) throw answer;
      return { status: 200, ...answer };
    },
  });
  return describeServer(ask, 'https://chat.example.org').then(
    () => undefined,
    ({ code }: { code: string }) => code,
  );
}
const describing = (protocol: object) => ({ body: { ok: true, data: { ...parley, protocol } } });

test('first run: a Parley of a fitting version', async () => {
  expect(await codeFor(describing(protocolVersion))).toBeUndefined();
});

test.each<[NoAnswerReason, string]>([
  ['name-unknown', 'address_unknown'],
  ['refused', 'address_refused'],
  ['not-trusted', 'address_not_trusted'],
  ['not-secure', 'address_not_secure'],
  ['not-http', 'address_not_parley'],
])('first run: no answer because of %s is %s', async (reason, code) => {
  expect(await codeFor(new NoAnswer(reason))).toBe(code);
});

test.each([
  ['nothing says why nobody answers', new Error('fetch failed'), 'address_unreachable'],
  ['a proxy answers for it', { status: 502, body: null }, 'address_unreachable'],
  ['it is a web page', { body: null }, 'address_not_parley'],
  ['it speaks some other JSON', { body: { hello: 'world' } }, 'address_not_parley'],
  [
    'it answers in our form, and is something else',
    { body: { ok: true, data: { product: 'other' } } },
    'address_not_parley',
  ],
  ['it is older than this one can speak to', describing({ current: 0, oldestAccepted: 0 }), 'server_too_old'],
  ['it is newer than this one can speak to', describing({ current: 99, oldestAccepted: 98 }), 'client_too_old'],
])('first run: %s', async (_, answer, code) => {
  expect(await codeFor(answer)).toBe(code);
});
