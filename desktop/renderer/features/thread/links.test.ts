import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textParts } from './links.ts';

const linksIn = (text: string) => textParts(text).flatMap((part) => (part.kind === 'link' ? part.href : []));

describe('links', () => {
  test.each([
    ['see https://files.example/a?b=1#c, please', ['https://files.example/a?b=1#c']],
    ['(http://one.example) and http://two.example.', ['http://one.example', 'http://two.example']],
    ['http://localhost:8080/x', ['http://localhost:8080/x']],
    ['mailto:ines@choir.example', ['mailto:ines@choir.example']],
    ['write to ines@choir.example!', ['mailto:ines@choir.example']],
  ])('are found in %j', (text, hrefs) => {
    expect(linksIn(text)).toEqual(hrefs);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt://https://x.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox',
    'file:///etc/passwd',
    'ftp://files.example/a',
    '//files.example/a',
    'parley://join/abc',
    'blob:https://x.example/uuid',
    'example.org',
  ])('are not made of %j', (text) => {
    const hrefs = linksIn(text);
    expect(hrefs.every((href) => /^(https?|mailto):/.test(href))).toBe(true);
    expect(hrefs.filter((href) => href.startsWith(text))).toEqual([]);
  });

  test('leave every character of the text in its place', () => {
    const pieces = fc.constantFrom(
      'https://a.example',
      ' ',
      '<b>',
      '"',
      '&',
      '\u202e',
      'mailto:a@b.example',
      '😄',
      '\n',
      'x',
      '://',
    );
    fc.assert(
      fc.property(
        fc.array(pieces).map((all) => all.join('')),
        (text) => {
          expect(
            textParts(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });

  test('lead only to the web and to mail', () => {
    const schemes = fc.constantFrom('http', 'https', 'ftp', 'javascript', 'file', 'data', 'HTTPS', 'mailto', 'x-https');
    const rests = fc.constantFrom(
      '://a.example/x',
      ':alert(1)',
      '://u:p@a.example',
      '://[::1]/',
      ':a@b.example',
      '://a',
    );
    fc.assert(
      fc.property(schemes, rests, fc.string(), (scheme, rest, more) => {
        for (const href of linksIn(`${more}${scheme}${rest}${more}`)) {
          expect(['http:', 'https:', 'mailto:']).toContain(new URL(href).protocol);
        }
      }),
    );
  });
});
