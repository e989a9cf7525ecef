import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../connection/ask.ts';
import { choir } from '../testing/example-entities.ts';
import { AskedIntents } from './asked-intents.ts';

let intents: AskedIntents;
let ids: string[];
let refusals: Refusal[];
let isBack: boolean;
let now: number;

beforeEach(() => {
  ids = [];
  refusals = [];
  isBack = true;
  now = 0;
  let minted = 0;
  intents = new AskedIntents({
    ask: (async (_: string, { id }: { id: string }) => {
      ids.push(id);
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      return {};
    }) as never,
    mintId: () => `id ${(minted += 1)}`,
    monotonic: () => now,
    opened: () => Promise.resolve(isBack),
  });
});

const leave = () => intents.ask('leaveGroup', { conversationId: choir });
const rename = (title: string) => intents.ask('renameGroup', { conversationId: choir, title });
const lost = () => new Refusal('not_connected');

test('D1 an answer that got lost is asked for once more, under the same id', async () => {
  refusals = [lost()];
  await leave();
  expect(ids).toEqual(['id 1', 'id 1']);
  refusals = [lost(), lost()];
  await expect(leave()).rejects.toThrow('not_connected');
  expect(ids.slice(2)).toEqual(['id 2', 'id 2']);
});

test('D1 without a line it is not, and done again by the person it is the same intent', async () => {
  isBack = false;
  refusals = [lost(), new Refusal('unavailable')];
  await expect(leave()).rejects.toThrow('not_connected');
  await expect(leave()).rejects.toThrow('unavailable');
  await leave();
  expect(ids).toEqual(['id 1', 'id 1', 'id 1']);
});

test('D1 once answered, or refused for good, or about something else, or much later it is another intent', async () => {
  await leave();
  refusals = [new Refusal('not_a_member')];
  await expect(leave()).rejects.toThrow('not_a_member');
  isBack = false;
  refusals = [lost(), lost()];
  await expect(rename('one')).rejects.toThrow('not_connected');
  await expect(rename('two')).rejects.toThrow('not_connected');
  now += 5 * 60_000;
  await rename('one');
  expect(ids).toEqual(['id 1', 'id 2', 'id 3', 'id 4', 'id 5']);
});
