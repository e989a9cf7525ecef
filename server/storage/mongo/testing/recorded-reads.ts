import type { Collection, FindOptions, Where } from '../collection.ts';
import type { Collections } from '../database.ts';

export interface RecordedRead {
  collection: Collection<never>;
  name: string;
  where: Where;
  options: FindOptions;
}

/** Every read from here on, as the database is asked. */
export function recordReads(collections: Collections): RecordedRead[] {
  const reads: RecordedRead[] = [];
  for (const [name, collection] of Object.entries(collections) as unknown as [string, Collection<never>][]) {
    const { find, findOne } = collection;
    collection.find = (where, options) => {
      reads.push({ collection, name, where: { ...where }, options: options ?? {} });
      return find.call(collection, where, options);
    };
    collection.findOne = (where, fields) => {
      reads.push({ collection, name, where: { ...where }, options: { limit: 1 } });
      return findOne.call(collection, where, fields);
    };
  }
  return reads;
}

interface Plan {
  'Node Type'?: string;
  stage?: string;
  [name: string]: unknown;
}

/** What a read does, step by step, and how many documents it looks at for how many it returns; FerretDB does not count them. */
export interface Explained {
  steps: string[];
  examined?: number;
  returned?: number;
}

export async function explain({ collection, where, options }: RecordedRead): Promise<Explained> {
  const query = collection.model.find(where as never);
  if (options.sort !== undefined) void query.sort(options.sort);
  if (options.limit !== undefined) void query.limit(options.limit);
  const told = (await query.explain('executionStats')) as unknown as {
    queryPlanner: Plan;
    executionStats?: { totalDocsExamined: number; nReturned: number };
  };
  const steps = stepsIn(told.queryPlanner['winningPlan'] ?? told.queryPlanner);
  const counts = told.executionStats;
  return { steps, ...(counts && { examined: counts.totalDocsExamined, returned: counts.nReturned }) };
}

function stepsIn(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const { stage, 'Node Type': node } = plan as Plan;
  const condition = (plan as Plan)['Index Cond'];
  // In PostgreSQL the index of ids also holds which collection it is: with nothing else in the condition it goes through all of it.
  const isWhole = typeof condition === 'string' && !/document|object_id/.test(condition);
  const own = [stage, isWhole ? 'Seq Scan' : node].filter((name) => name !== undefined);
  return [...own, ...Object.values(plan).flatMap(stepsIn)];
}
