import type { People } from '../parley-test.ts';
import type { Person } from './person.ts';

/** Maud has written "Before" to Ines, who has it open. */
export async function twoTalking(people: People): Promise<[maud: Person, ines: Person]> {
  const [maud, ines] = await people.joinAll('Maud', 'Ines');
  await maud.addContact(ines.email);
  await maud.write('Before');
  await ines.openConversation('Maud');
  return [maud, ines];
}
