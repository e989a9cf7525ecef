import { de } from './de.ts';
import { en, type Words } from './en.ts';

const byLanguage: Record<string, Words> = { en, de };

/** In the first of the person's languages that there are words in. */
export function chooseWords(preferredLanguages: readonly string[]): Words {
  const known = preferredLanguages.map((tag) => byLanguage[tag.split('-')[0]?.toLowerCase() ?? '']);
  return known.find((words) => words !== undefined) ?? en;
}
