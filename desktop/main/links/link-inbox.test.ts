import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { LinkInbox } from './link-inbox.ts';

test('links wait, in their order, until somebody follows them, and then go straight on', () => {
  const app = new EventEmitter();
  const inbox = new LinkInbox(app, ['/opt/parley', 'parley://join/a.example']);
  app.emit('open-url', { preventDefault() {} }, 'parley://join/b.example');
  app.emit('second-instance', {}, ['/opt/parley', '--hidden']);
  const followed: string[] = [];
  inbox.followWith((link) => void followed.push(link));
  app.emit('second-instance', {}, ['/opt/parley', 'parley://join/c.example']);
  expect(followed).toEqual(['parley://join/a.example', 'parley://join/b.example', 'parley://join/c.example']);
});
