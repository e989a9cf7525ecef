import { expect, test } from 'vitest';
import { refusedInPage } from './strict-page.ts';

test.each([
  ['<script>start()</script>', 'an inline script'],
  ['<script type="module">start()</script>', 'an inline script'],
  ['<style>body { margin: 0 }</style>', 'an inline style sheet'],
  ['<div style="color: red">', 'a style attribute'],
  ['<body onload="start()">', 'an inline event handler'],
  ['<link rel="icon" href="data:image/png;base64,AA==">', 'a data: URL'],
])('%s is refused', (html, what) => {
  expect(refusedInPage(html)).toEqual([what]);
});

test('a page that only refers to files is accepted', () => {
  const html = '<link rel="stylesheet" href="/assets/a.css"><script type="module" src="/assets/a.js"></script>';
  expect(refusedInPage(html)).toEqual([]);
});
