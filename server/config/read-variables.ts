import { readFileSync } from 'node:fs';
import { variables, type Variable, type VariableName, type VariableValues } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Found {
  name: string;
  value: string | undefined;
  problem?: string;
}

function find(environment: Environment, name: string, entry: Variable): Found {
  for (const candidate of [name, ...(entry.aliases ?? [])]) {
    const direct = environment[candidate];
    const file = environment[`${candidate}_FILE`];
    if (direct && file) {
      return {
        name: candidate,
        value: undefined,
        problem: `${candidate} and ${candidate}_FILE are both set; keep one.`,
      };
    }
    if (direct) return { name: candidate, value: direct };
    if (!file) continue;
    try {
      return { name: candidate, value: readFileSync(file, 'utf8').trim() };
    } catch {
      return { name: candidate, value: undefined, problem: `${candidate}_FILE names a file that cannot be read.` };
    }
  }
  return { name, value: undefined };
}

/** Parses every variable. An empty one counts as absent. Answers the values, or a sentence about each that is wrong. */
export function readVariables(environment: Environment): { values: VariableValues; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(variables) as [VariableName, Variable][]) {
    const found = find(environment, name, entry);
    const parsed = entry.schema.safeParse(found.value);
    if (found.problem !== undefined) problems.push(found.problem);
    else if (parsed.success) values[name] = parsed.data;
    else {
      const given = entry.isSecret === true ? '' : ` (it is "${String(found.value).slice(0, 80)}")`;
      problems.push(`${found.name} must be ${entry.expects}${given}.`);
    }
  }
  return { values: values as VariableValues, problems };
}
