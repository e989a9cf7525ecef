// The load: speaks for everybody, to the product and to the baseline in the same way.
import { answerAsked } from '../processes/answer-asked.ts';
import type { Person } from '../servers/crowd.ts';
import { Talkers } from './talkers.ts';
import { sayAndWait, sayEvenly, sayToAll } from './ways.ts';

const crowds = new Map<string, Talkers>();

function crowd(name: string): Talkers {
  const found = crowds.get(name) ?? new Talkers();
  crowds.set(name, found);
  return found;
}

const answers = {
  connect: (to: { name: string; port: number; people: Person[]; doMark: boolean }) =>
    crowd(to.name).connect(to.port, to.people, to.doMark),
  sayAndWait: ({ name, forMs }: { name: string; forMs: number }) => sayAndWait(crowd(name), forMs),
  sayEvenly: ({ name, perSecond, forMs }: { name: string; perSecond: number; forMs: number }) =>
    sayEvenly(crowd(name), perSecond, forMs),
  sayToAll: ({ name, messages }: { name: string; messages: number }) => sayToAll(crowd(name), messages),
};
export type Load = typeof answers;

answerAsked(answers);
