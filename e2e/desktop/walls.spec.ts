import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './shell-test.ts';

test('E1: every window is sandboxed and isolated, whatever opened it', async ({ shell }) => {
  const preferences = await shell.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const page = webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = page.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  const walls = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false };
  expect(preferences).toEqual([walls]);
  const seen = await shell.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
  );
  expect(seen).toEqual([]);
});

test('E2: the scheme answers GET of what is bundled, and nothing else', async ({ shell }) => {
  const answers = await shell.page.evaluate(async () => {
    const ask = async (path: string, method = 'GET') => (await fetch(path, { method })).status;
    return {
      page: await ask('/index.html'),
      folder: await ask('/assets/'),
      sources: await ask('/../main/main.js'),
      encoded: await ask('/%2e%2e/main/main.js'),
      absent: await ask('/etc/passwd'),
      posted: await ask('/index.html', 'POST'),
    };
  });
  expect(answers).toEqual({ page: 200, folder: 404, sources: 404, encoded: 404, absent: 404, posted: 405 });
});

test('E3: nothing in the page reaches a network', async ({ shell }) => {
  const reached: string[] = [];
  const sink = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  sink.on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise((resolve) => sink.once('listening', resolve));
  const { port } = sink.address() as AddressInfo;

  const survivors = await shell.page.evaluate(
    (base) =>
      new Promise<string[]>((resolve) => {
        // What is evaluated from outside passes the policy; what it leaves for later does not.
        setTimeout(() => {
          const survived: string[] = [];
          const note = (name: string) => () => survived.push(name);
          const element = (tag: string, attributes: Record<string, string>) => {
            const made = Object.assign(document.createElement(tag), attributes);
            made.addEventListener('load', note(tag));
            document.body.append(made);
            return made;
          };
          const attempts: Record<string, () => unknown> = {
            fetch: () => fetch(`${base}/fetch`, { mode: 'no-cors' }).then(note('fetch')),
            xhr: () => {
              const request = new XMLHttpRequest();
              request.onload = note('xhr');
              request.open('GET', `${base}/xhr`);
              request.send();
            },
            beacon: () => navigator.sendBeacon(`${base}/beacon`, 'x'),
            webSocket: () => {
              new WebSocket(`${base.replace('http', 'ws')}/ws`).onopen = note('webSocket');
            },
            eventSource: () => new EventSource(`${base}/events`),
            image: () => element('img', { src: `${base}/img` }),
            picture: () => element('img', { srcset: `${base}/srcset 1x` }),
            media: () => element('video', { src: `${base}/video` }),
            audio: () => element('audio', { src: `${base}/audio` }),
            frame: () => element('iframe', { src: `${base}/iframe` }),
            object: () => element('object', { data: `${base}/object` }),
            embed: () => element('embed', { src: `${base}/embed` }),
            script: () => element('script', { src: `${base}/script.js` }),
            moduleScript: () => element('script', { src: `${base}/module.js`, type: 'module' }),
            imported: () => import(/* @vite-ignore */ `${base}/import.js`).then(note('imported')),
            style: () => element('link', { rel: 'stylesheet', href: `${base}/style.css` }),
            icon: () => element('link', { rel: 'icon', href: `${base}/icon.svg` }),
            prefetch: () => element('link', { rel: 'prefetch', href: `${base}/prefetch` }),
            preload: () => element('link', { rel: 'preload', as: 'fetch', href: `${base}/preload` }),
            manifest: () => element('link', { rel: 'manifest', href: `${base}/manifest` }),
            preconnect: () => element('link', { rel: 'preconnect', href: base }),
            css: () => element('div', {}).style.setProperty('background', `url(${base}/css)`),
            font: () => new FontFace('Theirs', `url(${base}/font)`).load().then(note('font')),
            worker: () => new Worker(`${base}/worker.js`),
            serviceWorker: () => navigator.serviceWorker.register(`${base}/sw.js`).then(note('serviceWorker')),
            form: () => {
              const form = element('form', { action: `${base}/form`, method: 'post', target: '_self' });
              (form as HTMLFormElement).submit();
            },
            base: () => {
              element('base', { href: base });
              element('img', { src: 'relative' });
            },
            inline: () => element('script', { textContent: `fetch('${base}/inline')` }),
            handler: () => element('div', {}).setAttribute('onclick', `fetch('${base}/handler')`),
            // eslint-disable-next-line no-eval -- what the policy has to refuse
            evaluated: () => (0, eval)(`fetch('${base}/eval')`),
            // eslint-disable-next-line typescript/no-implied-eval -- so is this
            built: () => new Function(`fetch('${base}/function')`)(),
            dataScript: () => element('script', { src: `data:text/javascript,fetch('${base}/data')` }),
            dataFrame: () => element('iframe', { src: `data:text/html,<img src='${base}/data-frame'>` }),
            sourceFrame: () => element('iframe', { srcdoc: `<img src='${base}/srcdoc'>` }),
            ping: () => {
              const link = element('a', { href: '#here', ping: `${base}/ping` });
              link.click();
            },
            popup: () => window.open(`${base}/popup`),
            assigned: () => {
              location.href = `${base}/assigned`;
            },
            refresh: () => element('meta', { httpEquiv: 'refresh', content: `0; url=${base}/refresh` }),
          };
          for (const attempt of Object.values(attempts)) {
            try {
              void Promise.resolve(attempt()).catch(() => undefined);
            } catch {
              // Refused at once.
            }
          }
          setTimeout(() => resolve(survived), 1500);
        });
      }),
    `http://127.0.0.1:${port}`,
  );
  expect(reached).toEqual([]);
  // A frame and a link also say that they have loaded when they were refused.
  expect(survivors.filter((name) => !['iframe', 'link'].includes(name))).toEqual([]);
  await expect(shell.page.getByRole('heading', { name: 'Where does your Parley live?' })).toBeVisible();
  sink.close();
});

test('E4, E5: the page stays where it is; links go to the system if they may leave at all', async ({ shell }) => {
  const { page } = shell;
  const before = page.url();
  await page.evaluate(() => {
    location.assign('https://chat.example/');
  });
  await page.evaluate(() => {
    for (const url of [
      'https://chat.example/news',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://me:pw@chat.example/',
    ]) {
      window.open(url);
    }
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    Object.assign(link, { href: 'mailto:ines@choir.example', target: '_blank', textContent: 'write' });
    document.body.append(link);
  });
  await page.getByText('write', { exact: true }).click();
  await expect
    .poll(() => shell.natives.openedExternally())
    .toEqual(['https://chat.example/news', 'mailto:ines@choir.example']);
  expect(page.url()).toBe(before);
  expect(shell.app.pages()).toHaveLength(1);
});

test('E7: a page gets the few permissions it needs', async ({ shell }) => {
  const states = await shell.page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read', 'notifications'];
    const asked = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(asked));
  });
  expect(states).toEqual({
    geolocation: 'denied',
    camera: 'denied',
    microphone: 'denied',
    midi: 'denied',
    'clipboard-read': 'denied',
    notifications: 'granted',
  });
});
