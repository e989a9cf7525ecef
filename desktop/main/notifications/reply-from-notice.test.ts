import { expect, test } from 'vitest';
import { createFakeEngine } from '../../engine/api/testing/fake-engine.ts';
import type { NoticeTarget } from '../../ipc/shell-api.ts';
import { replyFromNotice } from './reply-from-notice.ts';

const target = { account: 's1/ada', conversationId: 'c1', messageId: 'm1' };
const conversation = { account: 's1/ada', conversationId: 'c1' };

function setUp(draft?: string) {
  const engine = createFakeEngine();
  const notSent: NoticeTarget[] = [];
  const reply = (text: string) =>
    replyFromNotice({ engine, draftOf: () => draft, onNotSent: (where) => void notSent.push(where) }, target, text);
  return { engine, notSent, reply };
}

test('an answer goes out as a message, as it was written', async () => {
  const { engine, notSent, reply } = setUp();
  await reply(' coming\nsoon ');
  expect(engine.calls).toEqual([{ command: 'sendMessage', input: { ...conversation, text: ' coming\nsoon ' } }]);
  expect(notSent).toEqual([]);
});

test('nothing is sent where nothing was written', async () => {
  const { engine, reply } = setUp();
  await reply(' \n');
  expect(engine.calls).toEqual([]);
});

test.each([
  [undefined, 'coming'],
  ['half a thought', 'half a thought\ncoming'],
])('what is refused is kept after the draft %j, and the person hears of it', async (draft, kept) => {
  const { engine, notSent, reply } = setUp(draft);
  engine.answerWith(async (command) =>
    command === 'sendMessage' ? { ok: false, error: { code: 'not_a_member' } } : { ok: true, value: null },
  );
  await reply('coming');
  expect(engine.calls.at(-1)).toEqual({ command: 'setDraft', input: { ...conversation, text: kept } });
  expect(notSent).toEqual([conversation]);
});
