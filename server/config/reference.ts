import { rateVariables } from './read-rates.ts';
import { ignoredVariables, variables, type Variable } from './variables.ts';

const made = 'Made by `npm run reference` from server/config/variables.ts.';

function defaultOf({ byDefault, schema }: Variable): string | undefined {
  const value = schema.safeParse(undefined).data as string | number | undefined;
  return byDefault ?? (value === undefined ? undefined : String(value));
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const code = (text: string) => (text === '' ? '' : `\`${text}\``);

function tableOf(entries: Readonly<Record<string, Variable>>): string {
  const rows = Object.entries(entries).map(([name, entry]) => {
    const aliases = (entry.aliases ?? []).map(code).join(', ');
    return [code(name), entry.about, entry.expects, code(defaultOf(entry) ?? ''), aliases].map(cell).join(' | ');
  });
  return [
    '| variable | what it is | value | by default | also taken |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/** `docs/configuration.md` */
export function writeReference(): string {
  return `# Configuration

${made}

The server reads variables of its environment and nothing else; a file called \`.env\` in the folder it is started from counts as
environment, and what is set already wins over it. Each variable can also be given as \`NAME_FILE\`, the path of a file that holds the value,
as container secrets come. An empty variable counts as absent; the same one given twice, say by its alias, must say the same.

All of it is checked before anything starts. What is wrong is said in a sentence for each variable, with a code, and the server ends with
status 2; [Self-hosting](self-hosting.md#troubleshooting) lists the codes.

## Variables

${tableOf(variables)}

## Rates

How often one person may ask, over all devices: \`10/s burst 30\` is ten a second in the long run and thirty at once; \`min\`, \`h\` and \`day\` are
understood too. Clients are told the rates when they connect and keep to them.

${tableOf(rateVariables)}

## Ignored

These are known from other projects and change nothing here; the server says so when it starts.

${Object.entries(ignoredVariables)
  .map(([name, why]) => `- \`${name}\`: ${why}`)
  .join('\n')}
`;
}

function exampleOf([name, entry]: [string, Variable]): string {
  const aliases = entry.aliases === undefined ? '' : ` Also taken: ${entry.aliases.join(', ')}.`;
  return `# ${entry.about}${aliases}\n# Value: ${entry.expects}.\n#${name}=${defaultOf(entry) ?? ''}\n`;
}

/** `.env.example` */
export function writeExample(): string {
  const head = `# ${made}\n# Copy it to .env and take the # away before what you change. docs/configuration.md says more.\n`;
  return [head, ...Object.entries<Variable>({ ...variables, ...rateVariables }).map(exampleOf)].join('\n');
}
