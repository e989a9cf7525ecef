import { expect, test } from 'vitest';
import type { Notice } from './notice-centre.ts';
import { noticeOptions, type NoticePlatform } from './notice-options.ts';

const notice: Notice = {
  title: 'Choir & Co',
  body: '<b>tonight</b> & "more" <img src=x onerror=alert(1)> &amp;',
  target: { account: 's1/ada', conversationId: 'c1', messageId: 'm1' },
  canReply: true,
  isSilent: false,
};
const linux: NoticePlatform = { platform: 'linux', readsMarkup: true, replyLabel: 'Reply' };
const mac: NoticePlatform = { platform: 'mac', readsMarkup: false, replyLabel: 'Reply' };

test('E10: what people wrote is text where notifications are read as markup, and unchanged where they are not', () => {
  expect(noticeOptions(notice, linux)).toEqual({
    title: notice.title,
    body: '&lt;b&gt;tonight&lt;/b&gt; &amp; "more" &lt;img src=x onerror=alert(1)&gt; &amp;amp;',
    silent: false,
  });
  expect(noticeOptions(notice, { ...linux, readsMarkup: false }).body).toBe(notice.body);
  expect(noticeOptions(notice, mac).body).toBe(notice.body);
});

test('a reply is offered where the system has it and the notice can be answered', () => {
  expect(noticeOptions(notice, mac)).toMatchObject({ hasReply: true, replyPlaceholder: 'Reply' });
  expect(noticeOptions(notice, { ...mac, platform: 'windows' }).hasReply).toBe(true);
  expect(noticeOptions({ ...notice, canReply: false }, mac).hasReply).toBeUndefined();
});

test('those of one conversation stand together, and apart from those of every other', () => {
  const group = (account: string, conversationId: string) =>
    noticeOptions({ ...notice, target: { account, conversationId } }, mac).groupId;
  expect(group('s1/ada', 'c1')).toBe(noticeOptions(notice, mac).groupId);
  expect(new Set([group('s1/ada', 'c1'), group('s1/ada', 'c2'), group('s2/ada', 'c1')]).size).toBe(3);
  expect(group('s1/ada', 'c'.repeat(500))?.length).toBeLessThan(64);
});

test('a silent one makes no sound', () => {
  expect(noticeOptions({ ...notice, isSilent: true }, linux).silent).toBe(true);
});
