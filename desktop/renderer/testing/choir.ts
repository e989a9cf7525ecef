import type { SystemEvent } from '@parley/shared/contract/entities/message.ts';
import type { AccountView, ConversationView, DeliveryState, MemberView, PersonView } from '../../engine/api/views.ts';

/** The ids give the people and groups the tones they have in the pictures of the look. */
export const ids = {
  maud: 'maud-43',
  mum: 'mum-47',
  ines: 'ines-59',
  tobias: 'tobias-20',
  gwen: 'gwen-5',
  bartek: 'bartek-19',
  noor: 'noor-0',
  samuel: 'samuel-7',
  priya: 'priya-41',
  ruth: 'ruth-91',
  leo: 'leo-7',
  advent: 'advent-26',
  workshop: 'workshop-59',
  altos: 'altos-2',
  hall: 'hall-220',
} as const;

export const me: Omit<AccountView, 'connection'> = {
  userId: ids.maud,
  name: 'Maud Ekström',
  email: 'maud@ekstrom-joinery.example',
  serverAddress: 'chat.harbourchoir.example',
  waiting: 0,
  limits: { messageMaxChars: 20_000, maxGroupMembers: 200 },
};

const contact = (userId: string, name: string): PersonView => ({
  userId,
  name,
  ownName: name,
  contact: { email: `${userId.split('-')[0] ?? userId}@harbourchoir.example` },
  directConversationId: userId,
});

/** Everybody Maud has to do with. Ruth is only known from a group. */
export const people: readonly PersonView[] = [
  { userId: ids.maud, name: me.name, ownName: me.name },
  {
    ...contact(ids.mum, 'Mum'),
    ownName: 'Birgitta Ekström',
    contact: { email: 'birgitta@post.example', alias: 'Mum' },
  },
  contact(ids.ines, 'Ines Duarte'),
  contact(ids.tobias, 'Tobias Rehm'),
  contact(ids.gwen, 'Gwen Hollis'),
  contact(ids.bartek, 'Bartek Zieliński'),
  contact(ids.noor, 'Noor Haddad'),
  contact(ids.samuel, 'Samuel Okafor'),
  contact(ids.priya, 'Priya Raman'),
  contact(ids.leo, 'Leo Marchetti'),
  { userId: ids.ruth, name: 'Ruth Abelson', ownName: 'Ruth Abelson', directConversationId: ids.ruth },
];

export const online: readonly string[] = [ids.mum, ids.ines, ids.tobias, ids.noor];

/** A line of a conversation: when (days ago, time), who, what. */
export interface Line {
  id: string;
  daysAgo: number;
  time: string;
  by: string;
  text?: string;
  replyTo?: string;
  event?: SystemEvent;
  isScrubbed?: true;
  delivery?: DeliveryState;
}

export interface Chat {
  view: Pick<ConversationView, 'id' | 'kind' | 'title' | 'unread'> & Partial<ConversationView>;
  members: readonly MemberView[];
  lines: readonly Line[];
}

let lineCount = 0;
function line(daysAgo: number, time: string, by: string, text: string, more: Partial<Line> = {}): Line {
  lineCount += 1;
  return { id: `line-${lineCount}`, daysAgo, time, by, text, ...more };
}
const mine = (daysAgo: number, time: string, text: string, more: Partial<Line> = {}) =>
  line(daysAgo, time, ids.maud, text, { delivery: 'read', ...more });

function direct(
  userId: string,
  title: string,
  unread: number,
  lines: Line[],
  more: Partial<ConversationView> = {},
): Chat {
  const members: MemberView[] = [userId, ids.maud].map((member) => ({ userId: member, role: 'member' }));
  return { view: { id: userId, kind: 'direct', title, unread, peerId: userId, ...more }, members, lines };
}

function group(
  id: string,
  title: string,
  unread: number,
  memberIds: readonly string[],
  lines: Line[],
  more: Partial<ConversationView> = {},
): Chat {
  const members: MemberView[] = memberIds.map((userId, index) => ({ userId, role: index === 0 ? 'owner' : 'member' }));
  return { view: { id, kind: 'group', title, unread, ...more }, members, lines };
}

const rehearsalNotes = [
  'Bar 12, altos a hair earlier.',
  'Could everybody bring a pencil this time?',
  'The heating in the hall works again.',
  'Who has the spare folder with the Praetorius?',
  'I do, it is on the piano.',
  'Please mark the breath before the repeat.',
];
const ensemble = [ids.ines, ids.tobias, ids.noor, ids.bartek];
/** Enough to scroll through. */
const earlier = Array.from({ length: 240 }, (_, index) =>
  line(
    40 - Math.floor(index / 7),
    `${String(9 + (index % 7)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}`,
    ensemble[index % ensemble.length] ?? ids.ines,
    rehearsalNotes[index % rehearsalNotes.length] ?? '',
  ),
);

export const chats: readonly Chat[] = [
  group(
    ids.advent,
    'Advent concert',
    5,
    [ids.ines, ids.tobias, ids.maud, ids.noor, ids.bartek, ids.gwen, ids.priya, ids.samuel, ids.ruth],
    [
      line(48, '09:00', ids.ines, '', { event: { type: 'group-created', title: 'Advent concert' } }),
      ...earlier,
      line(0, '11:02', ids.tobias, 'Has anybody got an extension lead for the keyboard?'),
      mine(0, '11:15', 'Me! It lives in the van.', { delivery: 'delivered' }),
      line(0, '11:20', ids.tobias, '', { event: { type: 'members-added', userIds: [ids.priya] } }),
      line(0, '11:31', ids.tobias, 'Programme cover, second try. The boat stays.', { id: 'advent-cover' }),
      line(
        0,
        '11:51',
        ids.noor,
        'Lovely. The second “t” in “Motets” is missing on mine, or is that just the preview?',
        {
          replyTo: 'advent-cover',
        },
      ),
      line(0, '11:51', ids.noor, 'Bar 41 looks great in print by the way 😄'),
      line(0, '11:52', ids.ines, '@Maud could you check against the proof before it goes out?'),
      line(0, '11:58', ids.gwen, 'Wrong thread, sorry.', { isScrubbed: true }),
      line(0, '12:01', ids.bartek, 'Posters: https://files.harbourchoir.example/posters'),
      line(0, '12:02', ids.tobias, 'Poster’s at the printer’s, 60 copies'),
    ],
  ),
  direct(ids.mum, 'Mum', 1, [line(0, '11:52', ids.mum, 'Shall I bring the blue tablecloth?')]),
  direct(ids.ines, 'Ines Duarte', 0, [
    line(
      1,
      '18:22',
      ids.ines,
      'The parish office rang. We can have the hall from half past five on Saturday, an hour earlier than planned.',
    ),
    line(1, '18:22', ids.ines, 'Only catch: someone has to fetch the key before noon.'),
    mine(1, '18:31', 'I pass by around ten anyway, I’ll take it.'),
    line(1, '18:32', ids.ines, 'You’re a gem. The code for the key box is still 4071.'),
    mine(0, '10:12', 'Got it. I counted the folders while I was there: 38, so we’re two short.', {
      id: 'ines-folders',
    }),
    line(0, '11:41', ids.ines, 'Then Bartek and Noor share, they stand together anyway.', { replyTo: 'ines-folders' }),
    line(0, '11:41', ids.ines, 'Could you print the Tallis again though? Mine has coffee on all four voices.'),
    mine(0, '11:58', 'Ha. Four copies, and stapled this time.'),
    mine(0, '11:59', 'Side door at quarter past five?'),
    line(0, '12:03', ids.ines, 'Perfect. See you at the side door.'),
  ]),
  group(
    ids.workshop,
    'Workshop',
    0,
    [ids.maud, ids.tobias, ids.gwen],
    [line(0, '11:47', ids.gwen, 'The yard is open until five.')],
    { draft: 'The oak arrives Tuesday, so we', isOwner: true },
  ),
  direct(ids.tobias, 'Tobias Rehm', 0, [
    line(
      0,
      '11:01',
      ids.tobias,
      'Morning! Invoice 214 is out to the Brandts. They asked whether the shelves could be 2 cm deeper.',
    ),
    line(0, '11:02', ids.tobias, 'I said I’d ask the person who actually has to cut them.'),
    mine(0, '11:14', '2 cm is fine, the boards are 34 anyway.'),
    mine(0, '11:20', 'Invoice 214 is paid, thank you'),
  ]),
  group(
    ids.altos,
    'Altos',
    12,
    [ids.noor, ids.maud, ids.ruth],
    [
      ...Array.from({ length: 11 }, (_, index) =>
        line(0, `10:${30 + index}`, ids.ruth, rehearsalNotes[index % rehearsalNotes.length] ?? ''),
      ),
      line(0, '10:48', ids.noor, 'Has anyone got bar 41 in writing?'),
    ],
  ),
  direct(ids.gwen, 'Gwen Hollis', 0, [line(0, '09:15', ids.gwen, 'The hinges came, the wrong ones')]),
  direct(ids.bartek, 'Bartek Zieliński', 0, [line(1, '20:40', ids.bartek, 'Water’s back on at the allotment')]),
  direct(ids.noor, 'Noor Haddad', 0, [line(1, '19:05', ids.noor, 'نعم، الساعة السابعة مساءً')]),
  direct(ids.samuel, 'Samuel Okafor', 0, [
    mine(3, '08:10', 'Happy birthday, you old tenor 🎂', { delivery: 'delivered' }),
  ]),
];
