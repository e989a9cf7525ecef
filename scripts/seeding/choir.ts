import type { SeedLine, SeedPerson } from './seed-world.ts';
import { SeedWorld } from './seed-world.ts';

export const choirPassword = 'we sing at the harbour';

const minuteMs = 60_000;
const names = {
  maud: 'Maud Ekström',
  mum: 'Birgitta Ekström',
  ines: 'Ines Duarte',
  tobias: 'Tobias Rehm',
  gwen: 'Gwen Hollis',
  bartek: 'Bartek Zieliński',
  noor: 'Noor Haddad',
  samuel: 'Samuel Okafor',
  priya: 'Priya Raman',
  ruth: 'Ruth Abelson',
} as const;
export type ChoirMember = keyof typeof names;

/** Who, how many minutes ago, what. */
type Said = readonly [by: ChoirMember, minutesAgo: number, text: string, answers?: number];

interface Talk {
  title?: string;
  members: readonly ChoirMember[];
  said: readonly Said[];
  /** What Maud has not read of it. */
  unread?: number;
  draft?: string;
}

const day = 1_440;
const talks: readonly Talk[] = [
  { members: ['maud', 'samuel'], said: [['maud', 3 * day, 'Happy birthday, you old tenor 🎂']] },
  { members: ['maud', 'noor'], said: [['noor', day + 200, 'نعم، الساعة السابعة مساءً']] },
  { members: ['maud', 'bartek'], said: [['bartek', day + 105, 'Water’s back on at the allotment']] },
  { members: ['maud', 'gwen'], said: [['gwen', 171, 'The hinges came, the wrong ones']] },
  {
    title: 'Altos',
    members: ['noor', 'maud', 'ruth', 'ines'],
    unread: 2,
    said: [
      ['ruth', 130, 'I have the second edition, the pages differ from bar 38 on.'],
      ['ruth', 79, 'Same here, mine stops at the repeat.'],
      ['noor', 78, 'Has anyone got bar 41 in writing?'],
    ],
  },
  {
    members: ['maud', 'tobias'],
    said: [
      ['tobias', 66, 'Morning! Invoice 214 is out to the Brandts.'],
      ['maud', 46, 'Invoice 214 is paid, thank you'],
    ],
  },
  {
    title: 'Workshop',
    members: ['maud', 'tobias', 'gwen'],
    said: [['gwen', 19, 'The yard is open until five.']],
    draft: 'The oak arrives Tuesday, so we',
  },
  {
    members: ['maud', 'ines'],
    said: [
      [
        'ines',
        day + 40,
        'The parish office rang. We can have the hall from half past five on Saturday, an hour earlier than planned.',
      ],
      ['ines', day + 40, 'Only catch: someone has to fetch the key before noon.'],
      ['maud', day + 31, 'I pass by around ten anyway, I’ll take it.'],
      ['ines', day + 30, 'You’re a gem. The code for the key box is still 4071.'],
      ['maud', 114, 'Got it. I counted the folders while I was there: 38, so we’re two short.'],
      ['ines', 25, 'Then Bartek and Noor share, they stand together anyway.', 4],
      ['ines', 25, 'Could you print the Tallis again though? Mine has coffee on all four voices.'],
      ['maud', 8, 'Ha. Four copies, and stapled this time.'],
      ['maud', 7, 'Side door at quarter past five?'],
      ['ines', 3, 'Perfect. See you at the side door.'],
    ],
  },
  { members: ['maud', 'mum'], unread: 1, said: [['mum', 2.6, 'Shall I bring the blue tablecloth?']] },
  {
    title: 'Advent concert',
    members: ['ines', 'tobias', 'maud', 'noor', 'bartek', 'gwen', 'priya', 'samuel', 'ruth'],
    unread: 5,
    said: [
      ['tobias', 62, 'Has anybody got an extension lead for the keyboard?'],
      ['maud', 49, 'Me! It lives in the van.'],
      ['tobias', 33, 'Programme cover, second try. The boat stays.'],
      ['noor', 13, 'Lovely. The second “t” in “Motets” is missing on mine, or is that just the preview?', 2],
      ['noor', 13, 'Bar 41 looks great in print by the way 😄'],
      ['ines', 12, 'Maud, could you check against the proof before it goes out?'],
      ['bartek', 4, 'Posters: https://files.harbourchoir.example/posters'],
      ['tobias', 2, 'Poster’s at the printer’s, 60 copies'],
    ],
  },
];

/** The harbour choir: a small world to look at. Everybody signs in with `<first name>@harbourchoir.example` and `choirPassword`. */
export async function seedChoir(dataDir: string): Promise<void> {
  const world = await SeedWorld.open(dataDir);
  const people = {} as Record<ChoirMember, SeedPerson>;
  for (const [key, name] of Object.entries(names) as [ChoirMember, string][]) {
    people[key] = await world.addPerson({ name, email: choirEmail(key), password: choirPassword });
  }
  for (const [key, person] of Object.entries(people) as [ChoirMember, SeedPerson][]) {
    if (key !== 'maud' && key !== 'ruth')
      await world.addContact(people.maud, person, key === 'mum' ? 'Mum' : undefined);
  }
  const now = Date.now();
  for (const { title, members, said, unread = 0, draft } of talks) {
    const id = await world.addConversation({
      ...(title !== undefined && { title }),
      members: members.map((key) => people[key]),
      lines: said.map(([by, minutesAgo, text, answers]): SeedLine => {
        const line = { by: people[by], text, at: now - minutesAgo * minuteMs };
        return answers === undefined ? line : { ...line, answers };
      }),
      unread: new Map([[people.maud, unread]]),
    });
    if (draft !== undefined) await world.leaveDraft(people.maud, id, draft);
  }
  await world.close();
}

export function choirEmail(member: ChoirMember): string {
  return `${member}@harbourchoir.example`;
}
