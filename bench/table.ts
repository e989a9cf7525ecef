import type { Compared } from './arithmetic.ts';

export interface Goal {
  /** `at-most`: the smaller the better. */
  bound: 'at-most' | 'at-least';
  value: number;
}

export interface TableRow {
  id: string;
  name: string;
  unit: string;
  compared: Compared;
  /** Of the ratio; rows without one are there to be read. */
  goal?: Goal;
}

/** Something that has no baseline. */
export interface CountRow {
  id: string;
  name: string;
  unit: string;
  value: number;
  /** Rows without one are there to be read. */
  goal?: Goal;
}

export function meets(value: number, { bound, value: limit }: Goal): boolean {
  return bound === 'at-most' ? value <= limit : value >= limit;
}

const headings = ['', 'what', 'unit', 'Parley', 'baseline', 'ratio', 'lowest-highest', 'goal', ''];

function shown(value: number): string {
  if (value >= 1000) return String(Math.round(value));
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/** The goal, and whether it was met. */
function judged(value: number, goal: Goal | undefined, unit: string): [string, string] {
  if (goal === undefined) return ['', ''];
  const sign = goal.bound === 'at-most' ? '<=' : '>=';
  return [`${sign} ${goal.value}${unit}`, meets(value, goal) ? 'met' : 'MISSED'];
}

function cellsOf(row: TableRow | CountRow): string[] {
  if ('value' in row) {
    const { id, name, unit, value, goal } = row;
    return [id, name, unit, shown(value), '', '', '', ...judged(value, goal, '')];
  }
  const { id, name, unit, compared, goal } = row;
  const { product, baseline, ratio, spread } = compared;
  return [
    id,
    name,
    unit,
    shown(product),
    shown(baseline),
    `${ratio.toFixed(2)}x`,
    spread.map((end) => end.toFixed(2)).join('-'),
    ...judged(ratio, goal, 'x'),
  ];
}

/** One Markdown table, so that it can be kept as it was printed. */
export function renderTable(rows: readonly (TableRow | CountRow)[]): string {
  const lines = [headings, ...rows.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const isNumber = (column: number) => column >= 3 && column <= 6;
  const text = (line: readonly string[]) =>
    `| ${line.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => '-'.repeat(isNumber(column) ? width - 1 : width) + (isNumber(column) ? ':' : '')).join(' | ')} |`;
  const [heading = headings, ...rest] = lines;
  return [text(heading), rule, ...rest.map(text)].join('\n');
}
