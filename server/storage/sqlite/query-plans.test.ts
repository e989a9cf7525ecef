import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { accountSql } from './operations/accounts.ts';
import { conversationSql } from './operations/conversation-reads.ts';
import { feedSql } from './operations/feeds.ts';
import { changesSql } from './operations/read-changes.ts';
import { messageSql } from './operations/message-rows.ts';
import { sessionSql } from './operations/sessions.ts';

const queries = { messageSql, changesSql, feedSql, conversationSql, accountSql, sessionSql };

function planOf(sql: string): string[] {
  const database = openDatabase(':memory:');
  for (const migration of migrations) database.execute(migration);
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
  const steps = database.statement(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  database.close();
  return steps.map((step) => String(step['detail']));
}

for (const [group, statements] of Object.entries(queries))
  for (const [name, sql] of Object.entries(statements))
    test(`P5 ${group}.${name} goes to its rows by an index and needs no sorting`, () => {
      const plan = planOf(sql);
      expect(plan.length).toBeGreaterThan(0);
      for (const step of plan) expect(step).toMatch(/^SEARCH /);
    });

test('P5 what changed after it was sent is found by its own small index', () => {
  expect(planOf(changesSql.changed)).toEqual([
    expect.stringContaining('INDEX message_changed (<expr>=? AND rev>? AND rev<?)'),
  ]);
});
