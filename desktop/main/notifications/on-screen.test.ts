import { expect, test } from 'vitest';
import { OnScreen } from './on-screen.ts';

test('a conversation is on screen in a page that says so, at its newest message, in a window with the focus', () => {
  let focused: string | undefined = 'page';
  const onScreen = new OnScreen<string>((page) => page === focused);
  const shown = { account: 'a', conversationId: 'choir', isAtNewest: true };
  expect(onScreen.shows('a', 'choir')).toBe(false);
  onScreen.report('page', shown);
  expect(onScreen.shows('a', 'choir')).toBe(true);
  expect(onScreen.shows('a', 'band')).toBe(false);
  expect(onScreen.shows('b', 'choir')).toBe(false);

  focused = 'another';
  expect(onScreen.shows('a', 'choir')).toBe(false);
  onScreen.report('another', shown);
  expect(onScreen.shows('a', 'choir')).toBe(true);
  onScreen.report('another', { ...shown, isAtNewest: false });
  expect(onScreen.shows('a', 'choir')).toBe(false);

  focused = 'page';
  onScreen.report('page', null);
  expect(onScreen.shows('a', 'choir')).toBe(false);
  onScreen.report('page', shown);
  onScreen.forget('page');
  expect(onScreen.shows('a', 'choir')).toBe(false);
});
