import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkAmong, parseDeepLink } from './deep-link.ts';
import { followLink, type LinkedViews } from './follow-link.ts';

const conversation = '01890a5d-ac96-774b-bcce-b302099a8057';
const message = '01890a5d-ac96-774b-bcce-b302099a8058';

describe('E11: a link is', () => {
  test.each<[string, ReturnType<typeof parseDeepLink>]>([
    [
      `parley://open/chat.example.org/${conversation}`,
      { kind: 'open', server: 'chat.example.org', conversationId: conversation },
    ],
    [
      `parley://open/localhost:8080/${conversation}/${message}`,
      { kind: 'open', server: 'localhost:8080', conversationId: conversation, messageId: message },
    ],
    ['parley://join/chat.example.org', { kind: 'join', server: 'chat.example.org' }],
    ['parley://join/192.168.0.7:8443/', { kind: 'join', server: '192.168.0.7:8443' }],
    ['parley://join/[::1]:8080', { kind: 'join', server: '[::1]:8080' }],
    ['parley://join/xn--bcher-kva.example', { kind: 'join', server: 'xn--bcher-kva.example' }],
  ])('%s', (link, meaning) => {
    expect(parseDeepLink(link)).toEqual(meaning);
  });

  test.each([
    '',
    'parley://',
    'parley://join',
    'parley://join/',
    'parley:join/chat.example.org',
    'PARLEY://join/chat.example.org',
    ' parley://join/chat.example.org',
    'parley://join/chat.example.org\n',
    'parley://join/chat.example.org?token=abc',
    'parley://join/chat.example.org#token',
    'parley://join/ada:secret@chat.example.org',
    'parley://join/https://chat.example.org',
    'parley://join/Chat.example.org',
    'parley://join/bücher.example',
    'parley://join/chat.example.org/invite/abc',
    'parley://join/chat.example.org:99999',
    'parley://join/chat.example.org:080',
    'parley://join/0x7f.1',
    'parley://join/[::ffff:127.0.0.1]',
    'parley://join/..',
    'parley://join/%2e%2e',
    `parley://join/${'a'.repeat(500)}.example`,
    `parley://open/chat.example.org`,
    `parley://open/chat.example.org/${conversation.toUpperCase()}`,
    `parley://open/chat.example.org/${'-'.repeat(36)}`,
    `parley://open/chat.example.org/${conversation}/`,
    `parley://open/chat.example.org/${conversation}/../${message}`,
    `parley://open/chat.example.org/${conversation}?reply=1`,
    `parley://send/chat.example.org/${conversation}`,
    `https://open/chat.example.org/${conversation}`,
  ])('not %j', (link) => {
    expect(parseDeepLink(link)).toBeUndefined();
  });

  test('nothing but itself: 2,000 generated ones are refused, or say again what they were made of', () => {
    const part = fc.oneof(
      fc.constantFrom('open', 'join', conversation, message, 'chat.example.org', 'localhost:8080', '[::1]', '..', ''),
      fc.constantFrom('?token=1', '#x', '%00', '\u202e', '@', ':', '\\', ' ', 'javascript:alert(1)', 'file:'),
      fc.webUrl(),
      fc.domain(),
      fc.string({ unit: 'grapheme' }),
    );
    const made = fc
      .tuple(fc.constantFrom('parley://', 'parley:', 'parley:///', 'https://'), fc.array(part, { maxLength: 5 }))
      .map(([start, parts]) => `${start}${parts.join('/')}`);
    let accepted = 0;
    fc.assert(
      fc.property(made, (link) => {
        const meaning = parseDeepLink(link);
        if (meaning === undefined) return;
        accepted += 1;
        const { kind, server } = meaning;
        const ids = meaning.kind === 'open' ? [meaning.conversationId, meaning.messageId].filter(Boolean) : [];
        expect(['parley://', kind, server, ...ids].join('/').replace(':///', '://')).toBe(link.replace(/\/$/, ''));
        expect(server).toMatch(/^[a-z0-9.:[\]-]+$/);
      }),
      { numRuns: 2_000, seed: 11 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

test('a command line has one link, wherever it stands', () => {
  expect(linkAmong(['/opt/parley', '--hidden', 'parley://join/a.example', '--', 'file.txt'])).toBe(
    'parley://join/a.example',
  );
  expect(linkAmong(['/opt/parley', '--link=parley://join/a.example'])).toBeUndefined();
});

describe('following a link', () => {
  const views: LinkedViews = {
    accounts: new Map([
      ['s1/ada', { serverAddress: 'https://chat.example.org' }],
      ['s1/bob', { serverAddress: 'https://chat.example.org:443/' }],
      ['s2/ada', { serverAddress: 'http://localhost:8080' }],
    ]),
    conversation: (account, id) => (account !== 's1/ada' && id === conversation ? {} : undefined),
  };
  const follow = (link: string) => {
    const meaning = parseDeepLink(link);
    return meaning && followLink(meaning, views);
  };

  test('leads into the account that has the conversation', () => {
    expect(follow(`parley://open/chat.example.org/${conversation}`)).toEqual({
      kind: 'open',
      target: { account: 's1/bob', conversationId: conversation },
    });
    expect(follow(`parley://open/localhost:8080/${conversation}/${message}`)).toEqual({
      kind: 'open',
      target: { account: 's2/ada', conversationId: conversation, messageId: message },
    });
  });

  test('leads nowhere on servers and in conversations that nobody here is in', () => {
    expect(follow(`parley://open/other.example/${conversation}`)).toBeUndefined();
    expect(follow(`parley://open/chat.example.org/${message}`)).toBeUndefined();
  });

  test('to a server only fills in its address', () => {
    expect(follow('parley://join/chat.example.org')).toEqual({ kind: 'add-server', address: 'chat.example.org' });
  });
});
