import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Session } from 'electron';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../log.ts';
import { answerFrom, listAssets } from './app-protocol.ts';
import { cutOffPages } from './cut-off-pages.ts';
import { externalAddress } from './external-links.ts';
import { guardPages } from './guard-pages.ts';
import { limitPermissions } from './permissions.ts';

const { opened } = vi.hoisted(() => ({ opened: [] as string[] }));
vi.mock('electron', () => ({
  protocol: {},
  shell: { openExternal: async (url: string) => void opened.push(url) },
}));
beforeEach(() => void (opened.length = 0));

describe('the scheme of the app', () => {
  let folder = '';
  let answer: ReturnType<typeof answerFrom>;
  const ask = async (url: string, method = 'GET') => answer({ url, method } as Request);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-scheme-'));
    await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
    await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'renderer', 'assets', 'app.js'), 'export {};');
    await writeFile(join(folder, 'renderer', 'assets', 'app.js.map'), '{}');
    await writeFile(join(folder, 'secret.js'), 'the secret');
    answer = answerFrom(await listAssets(join(folder, 'renderer')));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('E2, E3: serves what is bundled, with the policy on everything', async () => {
    const page = await ask('app://parley/index.html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await (await ask('app://parley/assets/app.js?v=1#x')).text()).toBe('export {};');
    for (const url of ['index.html', 'absent', 'assets/app.js']) {
      const { headers } = await ask(`app://parley/${url}`);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|data:|\*/);
    }
  });

  it('E2: answers GET only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'get']) {
      expect((await ask('app://parley/index.html', method)).status).toBe(405);
    }
  });

  it('E2: answers 404 to 200 shapes of leaving the folder', async () => {
    const ups = [
      '..',
      '%2e%2e',
      '.%2e',
      '%2E.',
      '..%2f',
      '..%5c',
      '..\\',
      '%252e%252e',
      '....',
      '..;',
      '..%00',
      '%c0%ae%c0%ae',
    ];
    const tails = [
      'secret.js',
      'secret.js%00.html',
      '/secret.js',
      `${folder}/secret.js`,
      'etc/passwd',
      'renderer/../secret.js',
    ];
    const starts = ['', 'assets/', '/'];
    const shapes = starts.flatMap((start) => ups.flatMap((up) => tails.map((tail) => `${start}${up}/${tail}`)));
    shapes.push(
      '',
      'assets',
      'assets/',
      'assets/app.js.map',
      'INDEX.HTML',
      'index.html/',
      `file://${folder}/secret.js`,
    );
    expect(shapes.length).toBeGreaterThanOrEqual(200);
    for (const shape of shapes) {
      const response = await ask(`app://parley/${shape}`);
      expect([shape, response.status, await response.text()]).toEqual([shape, 404, '']);
    }
  });

  it('E2: answers for no other host, scheme or person', async () => {
    for (const url of [
      'app://evil/index.html',
      'app://parley.evil/index.html',
      'app://me@parley/index.html',
      'app:///index.html',
      'nonsense',
    ]) {
      expect((await ask(url)).status).toBe(404);
    }
  });
});

describe('what a page may reach', () => {
  it('E3: is the app and what it made itself', () => {
    let decide = (_details: { url: string }, _answer: (verdict: { cancel?: boolean }) => void): void => undefined;
    cutOffPages({
      webRequest: { onBeforeRequest: (listener: typeof decide) => (decide = listener) },
    } as unknown as Session);
    const isCancelled = (url: string) => {
      let isCancelled: boolean | undefined;
      decide({ url }, ({ cancel }) => (isCancelled = cancel));
      return isCancelled;
    };
    for (const url of ['app://parley/index.html', 'blob:app://parley/1']) expect(isCancelled(url)).toBe(false);
    const elsewhere = [
      'https://chat.example/',
      'http://localhost/',
      'ws://localhost/',
      'file:///etc/passwd',
      'ftp://a/',
      'app://evil/',
      'data:,x',
    ];
    for (const url of elsewhere) expect([url, isCancelled(url)]).toEqual([url, true]);
  });

  it('E7: is little, and nothing for a page that is not the app', () => {
    const given: Record<string, (...words: never[]) => unknown> = {};
    const take = (name: string) => (handler: (...words: never[]) => unknown) => void (given[name] = handler);
    limitPermissions({
      setPermissionCheckHandler: take('check'),
      setPermissionRequestHandler: take('request'),
      setDevicePermissionHandler: take('device'),
    } as unknown as Session);
    const check = (permission: string, url = 'app://parley/index.html') =>
      given['check']?.({ getURL: () => url } as never, permission as never);
    for (const permission of ['notifications', 'clipboard-sanitized-write', 'fullscreen'])
      expect(check(permission)).toBe(true);
    for (const permission of [
      'media',
      'geolocation',
      'clipboard-read',
      'openExternal',
      'usb',
      'hid',
      'unknown',
      'constructor',
    ]) {
      expect([permission, check(permission)]).toEqual([permission, false]);
    }
    expect(check('notifications', 'https://chat.example/')).toBe(false);
    expect(given['check']?.(null as never, 'notifications' as never)).toBe(false);
    const decide = vi.fn<(isGranted: boolean) => void>();
    given['request']?.({ getURL: () => 'app://parley/' } as never, 'geolocation' as never, decide as never);
    expect(decide).toHaveBeenCalledWith(false);
    expect(given['device']?.()).toBe(false);
  });
});

describe('links', () => {
  it.each([
    ['https://chat.example/a?b=c#d', 'https://chat.example/a?b=c#d'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['HTTPS://Chat.Example/', 'https://chat.example/'],
    ['mailto:ines@choir.example', 'mailto:ines@choir.example'],
  ])('E5: %s goes to the system', (url, address) => {
    expect(externalAddress(url)).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ms-msdt:/id',
    'smb://host/share',
    'app://parley/',
    'parley://add',
    'https://me:secret@chat.example/',
    'https://me@chat.example/',
    `https://chat.example/${'a'.repeat(8 * 1024)}`,
    '//chat.example',
    'C:\\Windows\\calc.exe',
    '',
  ])('E5: %s does not', (url) => {
    expect(externalAddress(url)).toBeUndefined();
  });

  it('E5: of 2,000 made addresses none leaves but plain web and mail ones', () => {
    const scheme = fc.constantFrom(
      'https',
      'http',
      'mailto',
      'file',
      'javascript',
      'data',
      'vbscript',
      'smb',
      'ms-settings',
      'app',
      'HTTP',
    );
    const made = fc.oneof(
      fc.webUrl(),
      fc
        .tuple(scheme, fc.constantFrom(':', '://', ':/', ':\\\\', ':%2f%2f'), fc.string())
        .map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(made, (url) => {
        const address = externalAddress(url);
        if (address === undefined) return;
        const { protocol, username, password } = new URL(address);
        expect(['https:', 'http:', 'mailto:']).toContain(protocol);
        expect(username + password).toBe('');
        expect(address.length).toBeLessThanOrEqual(8 * 1024);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('every page', () => {
  function openPage() {
    const app = new EventEmitter();
    const log = vi.fn<Log>();
    guardPages(app as unknown as App, log);
    let openWindow: ((details: { url: string }) => { action: string }) | undefined;
    const page = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: typeof openWindow) => (openWindow = handler),
    });
    app.emit('web-contents-created', {}, page);
    return { page, log, open: (url: string) => openWindow?.({ url }) };
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'E4: is denied %s',
    (name) => {
      const event = { preventDefault: vi.fn<() => void>() };
      openPage().page.emit(name, event);
      expect(event.preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('E4, E5: opens no window; a link goes to the system or is refused', async () => {
    const { open, log } = openPage();
    expect(open('https://chat.example/')).toEqual({ action: 'deny' });
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' });
    await vi.waitFor(() => expect(log).toHaveBeenCalledWith('a link was refused'));
    expect(opened).toEqual(['https://chat.example/']);
  });
});
