import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { setOffline } from './cut-network.ts';
import type { DesktopApp } from './desktop-app.ts';
import { StandIn } from './driver/stand-in.ts';
import { Natives } from './natives.ts';

interface Mini {
  invoke(channel: string, ...words: unknown[]): Promise<unknown>;
  send(channel: string, word: unknown): void;
  on(channel: string, listener: (word: unknown) => void): void;
  values: { list: unknown[]; date: Date; nothing: null };
  ring: { name: string; itself: unknown };
  add(one: number, other: number): number;
  callBack(work: (value: number) => number): number;
  later(value: unknown): Promise<unknown>;
  never(): Promise<unknown>;
  fail(): void;
  uncopyable(): unknown;
  reach(): unknown;
}
declare global {
  interface Window {
    mini: Mini;
  }
}

interface Fixtures {
  profile: string;
  app: DesktopApp;
  page: Page;
}

function startMini(browser: Browser, profile: string, ...words: string[]): Promise<DesktopApp> {
  const bundle = join(import.meta.dirname, 'mini-app', 'main.ts');
  return StandIn.start(browser, { profile, environment: {}, bundle, words });
}

function seenBy(app: DesktopApp): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { miniSeen: string[] }).miniSeen);
}

const test = base.extend<Fixtures>({
  profile: async ({ browserName: _any }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'mini-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ browser, profile }, provide) => {
    const app = await startMini(browser, profile);
    await provide(app);
    await app.kill9();
  },
  page: async ({ app }, provide) => {
    const page = await app.firstPage();
    await page.getByRole('heading', { name: 'Mini' }).waitFor();
    await provide(page);
  },
});

test('invoke carries what a structured clone carries, both ways', async ({ page }) => {
  const differences = await page.evaluate(async () => {
    const ring: Record<string, unknown> = { '': 1, $: 'object', ['__proto__']: 2 };
    ring['itself'] = ring;
    const sent = [
      new Map<unknown, unknown>([['a', new Set([1, { b: 2 }])]]),
      new Date(7),
      /x+/gi,
      new Uint16Array([1, 65535]),
      new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
      new ArrayBuffer(3),
      10n ** 30n,
      undefined,
      Number.NaN,
      -0,
      null,
      'ü\u{1F3B5}\ud800',
      new Error('far'),
      ring,
      [undefined, [ring]],
    ];
    const back = (await window.mini.invoke('echo', ...sent)) as unknown[];
    const described = (values: unknown[]) =>
      values.map((value) => {
        const tag = Object.prototype.toString.call(value);
        if (value instanceof Map || value instanceof Set) return [tag, JSON.stringify([...value].flat().map(String))];
        if (ArrayBuffer.isView(value)) return [tag, JSON.stringify(value)];
        if (value instanceof ArrayBuffer) return [tag, value.byteLength];
        if (value instanceof Error) return [tag, value.name, value.message];
        if (Object.is(value, -0)) return [tag, '-0'];
        if (value !== null && typeof value === 'object' && 'itself' in value)
          return [tag, value.itself === value, Object.keys(value)];
        return [tag, typeof value === 'bigint' ? String(value) : String(value)];
      });
    return [described(sent), described(back)];
  });
  expect(differences[1]).toEqual(differences[0]);
});

test('what cannot be cloned is refused, and an error of main arrives as words', async ({ page }) => {
  const refusals = await page.evaluate(async () => {
    const reason = async (promise: Promise<unknown>) =>
      promise.then(
        () => 'fulfilled',
        (error: Error) => error.message,
      );
    return {
      failing: await reason(window.mini.invoke('fail')),
      unhandled: await reason(window.mini.invoke('nobody')),
    };
  });
  expect(refusals).toEqual({
    failing: "Error invoking remote method 'fail': TypeError: not today",
    unhandled: "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  });
});

test('main knows which frame speaks, under the address that the app knows', async ({ page }) => {
  expect(await page.evaluate(() => window.mini.invoke('sender'))).toEqual({
    url: 'mini://app/index.html',
    isTop: true,
  });
  const pong = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.mini.on('pong', resolve);
        window.mini.send('ping', { hello: ['there'] });
      }),
  );
  expect(await pong).toEqual({ hello: ['there'] });
});

test('the bridge copies values, proxies functions and promises, and keeps the worlds apart', async ({ page }) => {
  const crossed = await page.evaluate(async () => {
    const { mini } = window;
    const message = (work: () => unknown) => {
      try {
        return String(work());
      } catch (error) {
        return (error as Error).message;
      }
    };
    Object.assign(window, { fromPage: 1 });
    return {
      list: mini.values.list,
      time: mini.values.date.getTime(),
      isRing: mini.ring.itself === mini.ring,
      isFrozen: Object.isFrozen(mini) && Object.isFrozen(mini.values.list),
      added: mini.add(1, 2),
      calledBack: mini.callBack((value) => value * 2),
      later: await mini.later({ deep: [1] }),
      never: await mini.never().catch((error: Error) => error.message),
      failed: message(() => mini.fail()),
      uncopyable: message(() => mini.uncopyable()),
      reach: mini.reach(),
      names: ['require', 'module', '__toHost', '__fromHost'].filter((name) => name in window),
    };
  });
  expect(crossed).toEqual({
    list: [1, [2]],
    time: 5,
    isRing: true,
    isFrozen: true,
    added: 3,
    calledBack: 41,
    later: { deep: [1] },
    never: 'no such luck',
    failed: 'too far',
    uncopyable: expect.stringContaining('could not be cloned'),
    reach: { seesPage: 'undefined', seesElectron: 'function' },
    names: [],
  });
});

test('the scheme is answered by its handler, with method, headers and body', async ({ page }) => {
  const answer = await page.evaluate(async () => {
    const response = await fetch('/echo', { method: 'POST', body: 'hello', headers: { range: 'bytes=2-' } });
    return { status: response.status, mini: response.headers.get('x-mini'), body: (await response.json()) as unknown };
  });
  expect(answer).toEqual({ status: 206, mini: 'yes', body: { method: 'POST', range: 'bytes=2-', text: 'hello' } });
});

test('a navigation by the page is asked about; a window of the page is handed to its handler', async ({
  app,
  page,
}) => {
  await page.evaluate(() => {
    location.href = 'https://away.example/by-script';
  });
  await expect.poll(() => seenBy(app)).toEqual(['will-navigate https://away.example/by-script']);
  await page.getByText('away').click();
  await page.evaluate(() => window.open('https://away.example/opened'));
  await expect
    .poll(() => new Natives(app).openedExternally())
    .toEqual(['https://away.example/', 'https://away.example/opened']);
  await expect.poll(() => app.pages().length).toBe(1);
  await expect(page.getByRole('heading', { name: 'Mini' })).toBeVisible();
});

test('focus and visibility are the window’s, also in a page that is loaded anew', async ({ app, page }) => {
  const state = () => page.evaluate(() => [document.hasFocus(), document.visibilityState]);
  const change = (act: 'blur' | 'hide' | 'show') =>
    app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name](), act);
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const type of ['focus', 'blur']) window.addEventListener(type, () => heard.push(type));
    document.addEventListener('visibilitychange', () => heard.push(document.visibilityState));
  });
  await expect.poll(state).toEqual([true, 'visible']);
  await change('blur');
  await expect.poll(state).toEqual([false, 'visible']);
  await change('hide');
  await expect.poll(state).toEqual([false, 'hidden']);
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['blur', 'hidden']);
  await page.reload();
  await expect.poll(state).toEqual([false, 'hidden']);
  await change('show');
  await expect.poll(state).toEqual([true, 'visible']);
});

test('tray, notification, menu and badge are there to be seen and clicked', async ({ app, page }) => {
  const natives = new Natives(app);
  expect(await natives.trayMenu()).toEqual(['Open', 'Quit']);
  expect(await natives.notifications()).toEqual([{ title: 'Mini', body: 'Look' }]);
  expect(await natives.badge()).toBe(3);
  await natives.clickTray();
  await natives.clickTrayItem('Open');
  await natives.clickNotification('Look');
  await expect.poll(() => seenBy(app)).toEqual(['tray', 'open', 'notice']);
  await page.getByRole('heading').selectText();
  await page.getByRole('heading').click({ button: 'right' });
  await expect.poll(() => natives.popup()).toEqual(['Look up', 'Mini']);
  await natives.clickTrayItem('Quit');
  await app.ended;
});

test('a second start is heard by the first and ends; after a kill the next is the first', async ({
  browser,
  app,
  page,
  profile,
}) => {
  await expect(page.getByRole('heading')).toBeVisible();
  const second = await startMini(browser, profile, '--hello');
  await second.ended;
  await expect.poll(() => seenBy(app)).toEqual(['second --hello']);
  await app.kill9();
  const next = await startMini(browser, profile);
  await (await next.firstPage()).getByRole('heading', { name: 'Mini' }).waitFor();
  await next.kill9();
});

test('the network of main can be taken away and given back', async ({ app, page }) => {
  await expect(page.getByRole('heading')).toBeVisible();
  const reach = () =>
    app.evaluate(async ({ net }) => {
      const { createServer } = process.getBuiltinModule('node:http');
      const server = createServer((_request, response) => void response.end('here')).listen(0);
      const { port } = server.address() as { port: number };
      const answer = await fetch(`http://localhost:${port}/`).then(
        (response) => response.text(),
        () => 'nobody',
      );
      server.close();
      return [answer, net.isOnline()];
    });
  expect(await reach()).toEqual(['here', true]);
  await setOffline(app, true);
  expect(await reach()).toEqual(['nobody', false]);
  await setOffline(app, false);
  expect(await reach()).toEqual(['here', true]);
});

test('what is not imitated says so', async ({ app }) => {
  const complaint = (run: Parameters<DesktopApp['evaluate']>[0]) =>
    app.evaluate(run).catch((error: Error) => error.message);
  expect(await complaint(({ desktopCapturer }) => void desktopCapturer.getSources)).toContain(
    'does not imitate desktopCapturer.getSources',
  );
  expect(await complaint(({ app: electronApp }) => void electronApp.getAppMetrics)).toContain(
    'does not imitate app.getAppMetrics',
  );
});
