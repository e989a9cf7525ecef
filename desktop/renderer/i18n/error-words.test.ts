import { describe, expect, it } from 'vitest';
import { errorCodes } from '@parley/shared/contract/errors.ts';
import type { LocalErrorCode } from '../../engine/api/commands.ts';
import { errorWords } from './error-words.ts';
import { languages, startI18n } from './start-i18n.ts';

const localCodes = [
  'not_connected',
  'address_unreachable',
  'address_unknown',
  'address_refused',
  'address_not_trusted',
  'address_not_secure',
  'address_not_parley',
  'local_store_failed',
] as const;
// Fails to compile when a local code is missing above.
const coversAll: Exclude<LocalErrorCode, (typeof localCodes)[number]> extends never ? true : false = true;
const codes = [...errorCodes, ...localCodes];

describe.each(languages)('words for errors in $name', (language) => {
  const t = startI18n(language).getFixedT(language.code, 'errors');

  it.each(codes)('says %s as a sentence', (code) => {
    const words = errorWords(t, { code }, 'chat.example.org');
    expect(words).toMatch(/^\p{Lu}.*[.?]$/u);
    expect(words).not.toContain(code);
    expect(words).not.toMatch(/[{}_]|error|fehler/i);
  });

  it('names the server that does not answer', () => {
    expect(errorWords(t, { code: 'address_unreachable' }, 'chat.example.org')).toContain('chat.example.org');
  });

  it('says when to try again', () => {
    expect(errorWords(t, { code: 'rate_limited', retryAfterMs: 1 }, '')).toMatch(/ 1 (second|Sekunde)\b/);
    expect(errorWords(t, { code: 'rate_limited', retryAfterMs: 4200 }, '')).toMatch(/ 5 (seconds|Sekunden)\b/);
  });
});

it('covers the codes of this side', () => {
  expect(coversAll).toBe(true);
});
