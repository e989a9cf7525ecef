import { beforeEach, describe, expect, test } from 'vitest';
import type { Arrival } from '../../engine/ports/notices.ts';
import type { NoticePreferences, NoticeReason, NoticeTarget } from '../../ipc/shell-api.ts';
import { type Notice, NoticeCentre } from './notice-centre.ts';

interface Shown extends Notice {
  isOpen: boolean;
  click(): void;
  reply(text: string): void;
}

let shown: Shown[];
let opened: NoticeTarget[];
let replies: [messageId: string, text: string][];
let onScreen: Set<string>;
let preferences: NoticePreferences;
let now: number;
let waiting: { run: () => void; at: number }[];
let centre: NoticeCentre;

beforeEach(() => {
  shown = [];
  opened = [];
  replies = [];
  onScreen = new Set();
  preferences = {
    isOn: true,
    choice: 'all',
    shows: 'message',
    hasSound: true,
    quietHours: { isOn: false, fromMinute: 0, untilMinute: 0 },
    snoozedUntil: 0,
  };
  now = 1_000_000;
  waiting = [];
  centre = new NoticeCentre({
    present: (notice, { clicked, replied }) => {
      const entry = { ...notice, isOpen: true, click: clicked, reply: replied };
      shown.push(entry);
      return { close: () => void (entry.isOpen = false) };
    },
    words: {
      app: 'Parley',
      somebody: 'Somebody',
      newMessages: (count) => `${count} new`,
      newMessagesIn: (count, conversations) => `${count} new in ${conversations}`,
      reply: 'Reply',
    },
    preferences: () => preferences,
    conversation: () => ({ mutedUntil: 0 }),
    isOnScreen: (_, conversationId) => onScreen.has(conversationId),
    open: (target) => void opened.push(target),
    reply: ({ messageId }, text) => void replies.push([messageId, text]),
    now: () => now,
    minuteOfDay: () => 720,
    schedule: (run, delayMs) => {
      const entry = { run, at: now + delayMs };
      waiting.push(entry);
      return () => void (waiting = waiting.filter((other) => other !== entry));
    },
  });
});

function pass(ms: number): void {
  now += ms;
  const due = waiting.filter(({ at }) => at <= now);
  waiting = waiting.filter(({ at }) => at > now);
  for (const { run } of due) run();
}

function arrival(fromSeq: number, toSeq = fromSeq, about: Partial<Arrival> = {}): Arrival {
  const messages = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => ({
    id: `m${fromSeq + index}`,
    seq: fromSeq + index,
    at: now,
    authorId: 'ines',
    authorName: 'Ines',
    text: `text ${fromSeq + index}`,
    isMention: false,
  }));
  return {
    account: 'a',
    conversationId: 'choir',
    kind: 'group',
    title: 'Choir',
    messages,
    count: messages.length,
    ...about,
  };
}

const open = () => shown.filter(({ isOpen }) => isOpen).map(({ title, body }) => `${title} / ${body}`);
const reasons = (): NoticeReason[] => centre.records.map(({ reason }) => reason);

describe('a message', () => {
  test('raises one notification, whose click opens that message and takes it away', () => {
    centre.arrived([arrival(1)], 'live');
    expect(open()).toEqual(['Choir / Ines: text 1']);
    shown[0]?.click();
    expect(opened).toEqual([{ account: 'a', conversationId: 'choir', messageId: 'm1' }]);
    expect(open()).toEqual([]);
  });

  test('of one person goes by their name', () => {
    centre.arrived([arrival(1, 1, { kind: 'direct', title: 'Ines' })], 'live');
    expect(open()).toEqual(['Ines / text 1']);
  });

  test('is answered from its notification', () => {
    centre.arrived([arrival(1)], 'live');
    shown[0]?.reply('coming');
    expect(replies).toEqual([['m1', 'coming']]);
    expect(open()).toEqual([]);
  });

  test('says nothing of itself where the content is hidden', () => {
    preferences.shows = 'nothing';
    centre.arrived([arrival(1)], 'live');
    centre.arrived([arrival(2, 6)], 'live');
    pass(2_000);
    expect(shown.map(({ title, body }) => `${title} / ${body}`)).toEqual(['Parley / 1 new', 'Parley / 6 new']);
  });

  test('names who wrote and keeps the words to itself where only names are shown', () => {
    preferences.shows = 'name';
    preferences.hasSound = false;
    centre.arrived([arrival(1)], 'live');
    expect(open()).toEqual(['Choir / Ines: 1 new']);
    expect(shown[0]?.isSilent).toBe(true);
  });

  test('on screen raises none, and the record says why', () => {
    onScreen.add('choir');
    centre.arrived([arrival(1)], 'live');
    expect(open()).toEqual([]);
    expect(reasons()).toEqual(['on-screen']);
  });

  test('that is long is cut between characters', () => {
    const family = '👨‍👩‍👧';
    const long = arrival(1);
    centre.arrived(
      [{ ...long, messages: long.messages.map((message) => ({ ...message, text: family.repeat(100) })) }],
      'live',
    );
    expect(shown[0]?.body).toMatch(/^Ines: (👨‍👩‍👧)+…$/u);
  });
});

describe('a burst', () => {
  test('is three notifications, then one that stands for all of it', () => {
    for (let seq = 1; seq <= 3; seq += 1) centre.arrived([arrival(seq)], 'live');
    expect(open()).toHaveLength(3);
    for (let seq = 4; seq <= 9; seq += 1) centre.arrived([arrival(seq)], 'live');
    expect(open()).toHaveLength(3);
    pass(2_000);
    expect(open()).toEqual(['Choir / 9 new']);
    for (let seq = 10; seq <= 11; seq += 1) centre.arrived([arrival(seq)], 'live');
    pass(2_000);
    expect(open()).toEqual(['Choir / 11 new']);
  });

  test('that is read while it is gathered raises nothing more', () => {
    for (let seq = 1; seq <= 6; seq += 1) centre.arrived([arrival(seq)], 'live');
    centre.read('a', 'choir', 6);
    pass(2_000);
    expect(open()).toEqual([]);
  });

  test('of another conversation is not part of it', () => {
    for (let seq = 1; seq <= 3; seq += 1) centre.arrived([arrival(seq)], 'live');
    centre.arrived([arrival(1, 1, { conversationId: 'band', title: 'Band' })], 'live');
    expect(open()).toHaveLength(4);
  });

  test('is over after a while', () => {
    for (let seq = 1; seq <= 3; seq += 1) centre.arrived([arrival(seq)], 'live');
    pass(11_000);
    centre.arrived([arrival(4)], 'live');
    expect(open()).toHaveLength(4);
  });
});

describe('what was missed', () => {
  test('is one notification, however many messages and conversations', () => {
    centre.arrived([arrival(1, 20, { count: 50 }), arrival(1, 3, { conversationId: 'band', title: 'Band' })], 'missed');
    expect(open()).toEqual(['Parley / 53 new in 2']);
    shown[0]?.click();
    expect(opened).toEqual([{ account: 'a' }]);
  });

  test('in one conversation goes by its name and leads to it', () => {
    centre.arrived([arrival(1, 20, { count: 50 })], 'missed');
    expect(open()).toEqual(['Choir / 50 new']);
    shown[0]?.click();
    expect(opened).toEqual([{ account: 'a', conversationId: 'choir' }]);
  });

  test('if it is one message, is that message', () => {
    centre.arrived([arrival(7)], 'missed');
    expect(open()).toEqual(['Choir / Ines: text 7']);
  });

  test('is taken back when all of its conversations are read', () => {
    centre.arrived([arrival(1, 5), arrival(1, 3, { conversationId: 'band' })], 'missed');
    centre.read('a', 'choir', 5);
    expect(open()).toHaveLength(1);
    centre.read('a', 'band', 3);
    expect(open()).toEqual([]);
  });
});

describe('a notification is taken back', () => {
  test('when its message is read elsewhere, and not before', () => {
    centre.arrived([arrival(1)], 'live');
    centre.arrived([arrival(2)], 'live');
    centre.read('a', 'choir', 1);
    expect(open()).toEqual(['Choir / Ines: text 2']);
    centre.read('b', 'choir', 2);
    expect(open()).toHaveLength(1);
    centre.read('a', 'choir', Infinity);
    expect(open()).toEqual([]);
  });

  test('when its account leaves this device, and no other account’s', () => {
    centre.arrived([arrival(1)], 'live');
    centre.arrived([arrival(1, 1, { account: 'b' })], 'live');
    for (let seq = 2; seq <= 8; seq += 1) centre.arrived([arrival(seq)], 'live');
    centre.forgotten('a');
    pass(2_000);
    expect(shown.filter(({ isOpen }) => isOpen).map(({ target }) => target.account)).toEqual(['b']);
  });
});
