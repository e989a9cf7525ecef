import { readFileSync } from 'node:fs';
import { variables, type Variable, type VariableName, type VariableValues } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value as somebody gave it, and the name they gave it by. */
interface Given {
  name: string;
  value: string;
}

export type Read = { value: unknown } | { problem: string };

/** Every name a variable can be given by. */
export function namesOf(name: string, { aliases = [] }: Pick<Variable, 'aliases'>): string[] {
  return [name, ...aliases].flatMap((one) => [one, `${one}_FILE`]);
}

function readGiven(name: string, value: string): Given | string {
  if (!name.endsWith('_FILE')) return { name, value };
  try {
    return { name, value: readFileSync(value, 'utf8').trim() };
  } catch {
    return `${name} names a file that cannot be read.`;
  }
}

/** An empty one counts as absent. */
export function readVariable(environment: Environment, name: string, entry: Variable): Read {
  const all = namesOf(name, entry).flatMap((one) => {
    const value = environment[one];
    return value ? [readGiven(one, value)] : [];
  });
  const unreadable = all.find((one) => typeof one === 'string');
  if (unreadable !== undefined) return { problem: unreadable };
  const [given, ...others] = all as Given[];
  const other = others.find(({ value }) => value !== given?.value);
  if (other !== undefined) return { problem: `${given?.name} and ${other.name} say different things; keep one.` };
  const parsed = entry.schema.safeParse(given?.value);
  if (parsed.success) return { value: parsed.data };
  const shown = entry.isSecret === true ? '' : ` (it is "${String(given?.value).slice(0, 80)}")`;
  return { problem: `${given?.name ?? name} must be ${entry.expects}${shown}.` };
}

/** Reads and parses each. Answers the values, and a sentence about each that is wrong. */
export function readAll(
  environment: Environment,
  table: Readonly<Record<string, Variable>>,
): { values: Record<string, unknown>; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(table)) {
    const read = readVariable(environment, name, entry);
    if ('problem' in read) problems.push(read.problem);
    else values[name] = read.value;
  }
  return { values, problems };
}

export function readVariables(environment: Environment): { values: VariableValues; problems: string[] } {
  const { values, problems } = readAll(environment, variables satisfies Record<VariableName, Variable>);
  return { values: values as VariableValues, problems };
}
