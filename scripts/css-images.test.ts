import { expect, test } from 'vitest';
import { extractImages } from './css-images.ts';

function extract(css: string): { css: string; saved: string[] } {
  const saved: string[] = [];
  return { css: extractImages(css, (svg) => `image-${saved.push(svg)}.svg`), saved };
}

test('a picture in a style sheet becomes a file', () => {
  const { css, saved } = extract(`a{mask:url("data:image/svg+xml,%3Csvg width='10'/%3E") no-repeat}`);
  expect(css).toBe('a{mask:url("image-1.svg") no-repeat}');
  expect(saved).toEqual([`<svg width='10'/>`]);
});

test('charset and base64 are understood', () => {
  const encoded = Buffer.from('<svg/>').toString('base64');
  const { saved } = extract(
    `a{b:url('data:image/svg+xml;charset=utf-8,<svg/>')}c{d:url("data:image/svg+xml;base64,${encoded}")}`,
  );
  expect(saved).toEqual(['<svg/>', '<svg/>']);
});

test('files are left alone', () => {
  const { css, saved } = extract('a{b:url(/assets/c.woff2)}');
  expect(css).toBe('a{b:url(/assets/c.woff2)}');
  expect(saved).toEqual([]);
});
