import { rateVariables } from './read-rates.ts';
import { namesOf, type Environment } from './read-variables.ts';
import { ignoredVariables, variables, type Variable } from './variables.ts';

const known = new Set(
  Object.entries<Variable>({ ...variables, ...rateVariables }).flatMap(([name, entry]) => namesOf(name, entry)),
);

/** About what is set and has no effect. Parley's own names that it does not know are most likely misspelt. */
export function noticesOf(environment: Environment): string[] {
  const set = Object.keys(environment).filter((name) => environment[name]);
  return set.flatMap((name) => {
    const why = ignoredVariables[name];
    if (why !== undefined) return [`${name} is ignored: ${why}`];
    const isOurs = name.startsWith('PARLEY_') && !name.startsWith('PARLEY_TEST_');
    return isOurs && !known.has(name) ? [`${name} is ignored: Parley has no such variable.`] : [];
  });
}
