import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handClock } from '../../engine/testing/hand-clock.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { dockBadge, taskbarOverlay } from './badge.ts';
import type { HeardConversation } from '@parley/shared/model/notices.ts';
import { UnreadTotal } from './unread-total.ts';

const resources = join(import.meta.dirname, '..', '..', '..', 'resources', 'win32');

function totalOf(conversations: HeardConversation[]) {
  const clock = handClock();
  let tell = () => {};
  const views = {
    conversations: () => conversations,
    listen: (listener: () => void) => {
      tell = listener;
      return () => {};
    },
  };
  return {
    clock,
    total: new UnreadTotal(views, clock),
    change(next: HeardConversation[]) {
      conversations = next;
      tell();
    },
  };
}

test('whoever listens is told at once, and then of changes alone', () => {
  const { total, change } = totalOf([{ unread: 1 }]);
  const heard: number[] = [];
  const end = total.listen(({ messages }) => void heard.push(messages));
  change([{ unread: 1 }, { unread: 0 }]);
  change([{ unread: 4 }]);
  end();
  change([{ unread: 5 }]);
  expect(heard).toEqual([1, 4]);
  expect(total.current.messages).toBe(5);
});

test('counts again by itself when a mute is over, and waits for nothing once none is left', async () => {
  const { clock, total, change } = totalOf([]);
  const at = clock.now();
  change([
    { unread: 1, mutedUntil: at + 60_000 },
    { unread: 2, mutedUntil: at + 90_000 },
    { unread: 4, mutedUntil: Infinity },
  ]);
  expect(total.current.messages).toBe(0);
  await clock.advance(60_000);
  expect(total.current.messages).toBe(1);
  await clock.advance(30_000);
  expect(total.current.messages).toBe(3);
  expect(clock.waiting).toBe(0);
});

test('waits no longer at once than a timer can', async () => {
  const { clock, total, change } = totalOf([]);
  const aQuarterMs = 90 * 86_400_000;
  change([{ unread: 1, mutedUntil: clock.now() + aQuarterMs }]);
  await clock.advance(aQuarterMs - 1);
  expect(total.current.messages).toBe(0);
  await clock.advance(1);
  expect(total.current.messages).toBe(1);
});

test('the taskbar has a picture for every count, and words for whoever cannot see it', () => {
  const shown = (messages: number) => taskbarOverlay({ messages, hasMention: false }, en, resources);
  expect(shown(0)).toBeUndefined();
  for (const count of [1, 9, 10, 400]) expect(existsSync(shown(count)?.file ?? '')).toBe(true);
  expect([1, 12, 100].map((count) => shown(count)?.description)).toEqual([
    '1 unread message',
    '12 unread messages',
    'More than 99 unread messages',
  ]);
  expect(taskbarOverlay({ messages: 1, hasMention: true }, de, resources)?.description).toBe('1 ungelesene Nachricht');
});

test('the dock shows no more than it knows', () => {
  expect([0, 1, 99, 100].map((messages) => dockBadge({ messages, hasMention: false }))).toEqual(['', '1', '99', '99+']);
});
