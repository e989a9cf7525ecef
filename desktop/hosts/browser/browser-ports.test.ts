import { describe, expect, test, vi } from 'vitest';
import { createBrowserConnectivity } from './browser-connectivity.ts';
import { cookieVault } from './cookie-vault.ts';
import { deviceNameOf } from './device-name.ts';

test('E9 a page has no vault to write to', async () => {
  expect(cookieVault.keeps).toBe('cookie');
  await expect(cookieVault.write('a', 'secret')).rejects.toThrow('keeps no secrets');
  expect(await cookieVault.read('a')).toBeNull();
});

describe('connectivity', () => {
  function page() {
    return {
      window: new EventTarget(),
      document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
      navigator: { onLine: true },
    };
  }

  test.each([
    ['online', 'window'],
    ['offline', 'window'],
    ['pageshow', 'window'],
    ['visibilitychange', 'document'],
    ['resume', 'document'],
  ] as const)('tells of %s until it is ended', (type, where) => {
    const signals = page();
    const listener = vi.fn<() => void>();
    const end = createBrowserConnectivity(signals).onChange(listener);
    signals[where].dispatchEvent(new Event(type));
    expect(listener).toHaveBeenCalledTimes(1);
    end();
    signals[where].dispatchEvent(new Event(type));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('going out of sight is not waking up', () => {
    const signals = page();
    const listener = vi.fn<() => void>();
    createBrowserConnectivity(signals).onChange(listener);
    signals.document.visibilityState = 'hidden';
    signals.document.dispatchEvent(new Event('visibilitychange'));
    expect(listener).not.toHaveBeenCalled();
  });

  test('asks the browser whether there is a network', () => {
    const signals = page();
    const connectivity = createBrowserConnectivity(signals);
    signals.navigator.onLine = false;
    expect(connectivity.isOnline()).toBe(false);
  });
});

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`, 'Chrome, Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/140.0.0.0`, 'Edge, Windows'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, 'Chrome, Android'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
    'Safari, macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
    'Safari, iOS',
  ],
  ['curl/8', 'Web'],
  ['', 'Web'],
])('%s is called %s', (userAgent, name) => {
  expect(deviceNameOf(userAgent)).toBe(name);
});
