/** How many tones and how many angles of the arc there are; `styles/theme.css` holds the tones. */
const toneCount = 8;
const angleCount = 8;

/** FNV-1a over UTF-16 units: spreads similar ids and is the same on every device. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The tone (0 to 7) that an id has in avatars and in names. */
export function avatarTone(id: string): number {
  return hashOf(id) % toneCount;
}

/** Where the arc stands, in degrees clockwise from the end of the reading direction in left-to-right. */
export function avatarAngle(id: string): number {
  return ((hashOf(id) >>> 8) % angleCount) * (360 / angleCount);
}

/** CSS colour for a person's name in a group's messages and replies. */
export function nameColor(id: string): string {
  return `var(--avatar-${avatarTone(id)}-name)`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const startsWord = /^[\p{L}\p{N}\p{Extended_Pictographic}]/u;

function firstGrapheme(word: string): string {
  return graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? '';
}

/** Up to two initials: of the first and the last word. Scripts that join their letters show one. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => startsWord.test(word));
  const first = firstGrapheme(words[0] ?? '');
  if (/^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Extended_Pictographic}]/u.test(first)) return first;
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
}
