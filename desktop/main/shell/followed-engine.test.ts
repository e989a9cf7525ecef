import { expect, test } from 'vitest';
import { createFakeEngine } from '../../engine/api/testing/fake-engine.ts';
import { exampleSnapshot, exampleViews } from '../../engine/api/testing/example-views.ts';
import { createSwitchableEngine } from '../../engine/api/switchable-engine.ts';
import { settled } from '../../engine/testing/hand-clock.ts';
import { FollowedEngine, followEngine } from './followed-engine.ts';

test('knows what the engine last told', async () => {
  const engine = createFakeEngine(exampleSnapshot);
  const views = new FollowedEngine();
  let told = 0;
  views.listen(() => void (told += 1));
  const end = followEngine(engine, views);
  await settled();
  expect(views.app.phase).toBe('ready');
  expect(views.accounts.get('s1/u1')?.name).toBe('Ada');
  expect(views.conversation('s1/u1', 'k')?.title).toBe('Compilers');
  expect(views.conversation('s2/u1', 'k')).toBeUndefined();
  expect(told).toBe(1);

  engine.emit({ revision: 42, changes: [{ account: 's1/u1', collection: 'conversations', key: 'k', value: null }] });
  expect([...views.conversations()]).toEqual([]);
  engine.emit({ revision: 43, changes: [{ account: 's1/u1', collection: 'typing', key: 'k', value: [] }] });
  expect(told).toBe(2);

  const { account } = exampleViews;
  engine.emit({ revision: 44, changes: [{ account: 's2/u1', collection: 'account', key: 'me', value: account }] });
  expect([...views.accounts.keys()]).toEqual(['s1/u1', 's2/u1']);
  end();
  expect(engine.subscribers).toBe(0);
});

test('of an engine that was made anew knows what it tells, and nothing of the one before', async () => {
  const engine = createSwitchableEngine(createFakeEngine());
  const views = new FollowedEngine();
  const end = followEngine(engine, views);
  await settled();
  engine.switchTo(createFakeEngine(exampleSnapshot));
  await settled();
  expect([...views.accounts.keys()]).toEqual(['s1/u1']);
  const last = createFakeEngine();
  engine.switchTo(last);
  await settled();
  expect([...views.accounts.keys(), ...views.conversations()]).toEqual([]);
  end();
  expect(last.subscribers).toBe(0);
});

test('what is told before the snapshot has come is not lost', async () => {
  const engine = createFakeEngine(exampleSnapshot);
  const views = new FollowedEngine();
  followEngine(engine, views);
  engine.emit({ revision: 41, changes: [{ account: 's1/u1', collection: 'conversations', key: 'k', value: null }] });
  engine.emit({ revision: 42, changes: [{ account: 's1/u1', collection: 'account', key: 'me', value: null }] });
  await settled();
  expect(views.accounts.size).toBe(0);
  expect(views.conversation('s1/u1', 'k')?.title).toBe('Compilers');
});
