import Fuse from 'fuse.js';
import type { PersonView } from '../../../engine/api/views.ts';

/** People by name or e-mail, best first; everybody while nothing is typed. */
export function findPeople(query: string, people: readonly PersonView[]): readonly PersonView[] {
  const wanted = query.trim();
  if (wanted === '') return people;
  const fuse = new Fuse(people, {
    keys: ['name', 'ownName', 'contact.email'],
    threshold: 0.3,
    ignoreDiacritics: true,
    ignoreLocation: true,
  });
  return fuse.search(wanted).map(({ item }) => item);
}
