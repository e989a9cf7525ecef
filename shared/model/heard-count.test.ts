import { expect, test } from 'vitest';
import { countHeard, type HeardCount } from './heard-count.ts';
import type { HeardConversation } from './notices.ts';

test.each<[string, HeardConversation[], HeardCount]>([
  ['nothing at all', [], { messages: 0, hasMention: false }],
  ['all conversations together', [{ unread: 2 }, { unread: 0 }, { unread: 100 }], { messages: 102, hasMention: false }],
  ['that somebody is called', [{ unread: 3, mentions: 1 }], { messages: 3, hasMention: true }],
  ['nothing muted, mentions neither', [{ unread: 3, mentions: 1, mutedUntil: 11 }], { messages: 0, hasMention: false }],
  ['nothing muted for ever', [{ unread: 3, mutedUntil: Infinity }], { messages: 0, hasMention: false }],
  ['what was muted until now', [{ unread: 3, mutedUntil: 10 }], { messages: 3, hasMention: false }],
  ['nothing where nothing was chosen', [{ unread: 3, notify: 'nothing' }], { messages: 0, hasMention: false }],
  [
    'mentions where only they were chosen',
    [{ unread: 9, mentions: 2, notify: 'mentions' }],
    { messages: 2, hasMention: true },
  ],
])('counts %s', (_, conversations, count) => {
  expect(countHeard(conversations, 10)).toEqual(count);
});
